"""Who may do what: keys, tokens, and their ends."""
from odps import errors

from checks import check, equal, raises, require, since


def policy(world, instance):
    return {'Version': '1', 'Statement': [{
        'Action': ['odps:Read'], 'Effect': 'Allow',
        'Resource': 'acs:odps:*:projects/%s/instances/%s' % (world.ready['project'], instance)}]}


@check
def wrong_key(world):
    odps = world.client(access_key='not-the-key')
    error = raises(errors.ODPSError, lambda: odps.get_table('test_mars').reload())
    require(error.request_id, 'no request id')
    require('ignature' in str(error) or 'InvalidAuthentication' in str(error.code),
            'the error is %s', error)
    raises(errors.ODPSError, lambda: odps.run_sql('SELECT 1'))
    raises(errors.ODPSError, lambda: odps.get_table('test_mars').open_reader())


@check
def unknown_key(world):
    odps = world.client(access_id='LTAInosuchkey')
    error = raises(errors.ODPSError, lambda: odps.get_table('test_mars').reload())
    require('LTAInosuchkey' in str(error) or 'ccess' in str(error), 'the error is %s', error)


@since(0, 12)
def signed_by_v4(world):
    """With a region the client signs by version 4."""
    odps = world.client(region_name='cn-hangzhou')
    equal(odps.exist_table('test_mars'), True)
    odps = world.client(region_name='cn-hangzhou', access_key='not-the-key')
    raises(errors.ODPSError, lambda: odps.get_table('test_mars').reload())


@since(0, 12)
def bearer_token(world):
    """A token that the server signed opens what its policy names, and nothing else."""
    from odps.accounts import BearerTokenAccount
    instance = world.odps.run_sql('SELECT 1')
    instance.wait_for_completion()
    token = world.odps.get_project().generate_auth_token(policy(world, instance.id), 'bearer', 1)
    odps = world.client(access_id=None, access_key=None, account=BearerTokenAccount(token, None))
    equal(odps.get_instance(instance.id).is_terminated(), True)
    raises(errors.ODPSError, lambda: odps.get_table('test_mars').reload())
    raises(errors.ODPSError, lambda: odps.run_sql('SELECT 1'))


@since(0, 12)
def spoilt_bearer_token(world):
    from odps.accounts import BearerTokenAccount
    instance = world.odps.run_sql('SELECT 1')
    instance.wait_for_completion()
    token = world.odps.get_project().generate_auth_token(policy(world, instance.id), 'bearer', 1)
    odps = world.client(access_id=None, access_key=None,
                        account=BearerTokenAccount(token[:-6] + 'AAAAA=', None))
    raises(errors.ODPSError, lambda: odps.get_instance(instance.id).reload())


def second(world, who, project='second', **changes):
    """A client of an account in accounts.json, which the warehouse was started with."""
    return world.client(access_id='TEST' + who.upper(), access_key='key-of-' + who,
                        project=project, **changes)


def temporary(world, who, token):
    from odps.accounts import StsAccount
    account = StsAccount('TEST' + who.upper(), 'key-of-' + who, token)
    return world.client(access_id=None, access_key=None, project='second', account=account)


@check
def several_projects(world):
    owner = second(world, 'owner')
    name = world.name('elsewhere')
    owner.create_table(name, 'a bigint')
    owner.write_table(name, [[5]])
    equal(owner.exist_table(name), True)
    equal(world.odps.exist_table(name), False)
    equal([list(record.values) for record in second(world, 'owner').read_table(name)], [[5]])
    equal(second(world, 'owner', 'third').exist_table(name), False)
    owner.delete_table(name)


@check
def reader_reads_only(world):
    owner, reader = second(world, 'owner'), second(world, 'reader')
    name = world.name('readable')
    owner.create_table(name, 'a bigint')
    owner.write_table(name, [[5], [6]])
    equal([list(record.values) for record in reader.read_table(name)], [[5], [6]])
    with reader.execute_sql('SELECT sum(a) AS s FROM %s' % name).open_reader() as rows:
        equal([int(record['s']) for record in rows], [11])
    for refused in (lambda: reader.write_table(name, [[7]]),
                    lambda: reader.delete_table(name),
                    lambda: reader.create_table(world.name('not_mine'), 'a bigint'),
                    lambda: reader.execute_sql('INSERT INTO %s VALUES (7)' % name),
                    lambda: reader.create_resource('r.py', 'py', file_obj='x')):
        raises(errors.ODPSError, refused)
    equal([list(record.values) for record in owner.read_table(name)], [[5], [6]])
    owner.delete_table(name)


@check
def stranger(world):
    error = raises(errors.NoPermission,
                   lambda: list(second(world, 'reader', 'third').list_tables()))
    equal(error.code, 'NoPermission')
    raises(errors.NoPermission, lambda: second(
        world, 'owner', world.ready['project']).get_table('test_mars').reload())


@since(0, 12)
def sts_token(world):
    equal(list(temporary(world, 'sts', 'token-of-sts').list_tables(prefix='no_such_')), [])
    raises(errors.ODPSError, lambda: list(temporary(world, 'sts', 'another').list_tables()))
    raises(errors.ODPSError,
           lambda: list(temporary(world, 'ended', 'token-of-ended').list_tables()))
    raises(errors.ODPSError, lambda: list(second(world, 'sts').list_tables()))


@since(0, 12)
def unknown_sts_token(world):
    from odps.accounts import StsAccount
    account = StsAccount(world.ready['access_id'], world.ready['access_key'], 'no-such-token')
    odps = world.client(access_id=None, access_key=None, account=account)
    raises(errors.ODPSError, lambda: odps.get_table('test_mars').reload())


@check
def application_account(world):
    from odps.accounts import AppAccount
    known = AppAccount('TESTAPP', 'key-of-app')
    equal(world.client(app_account=known).exist_table('test_mars'), True)
    odps = world.client(app_account=AppAccount('TESTAPP', 'another'))
    raises(errors.ODPSError, lambda: odps.get_table('test_mars').reload())


@check
def skewed_clock(world):
    """A request that was signed an hour ago."""
    import requests
    from email.utils import formatdate
    import time
    request = requests.Request('GET', world.ready['odps_endpoint'] + '/projects/%s'
                               % world.ready['project']).prepare()
    request.headers['Date'] = formatdate(time.time() - 3600, usegmt=True)
    world.odps.account.sign_request(request, world.ready['odps_endpoint'])
    answer = requests.Session().send(request)
    require(answer.status_code in (400, 401, 403), 'status %d', answer.status_code)
    require('RequestTimeTooSkewed' in answer.text or 'expired' in answer.text,
            'the answer is %s', answer.text)
