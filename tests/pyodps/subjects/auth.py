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
    instance = world.odps.execute_sql('SELECT 1')
    token = world.odps.get_project().generate_auth_token(policy(world, instance.id), 'bearer', 1)
    odps = world.client(access_id=None, access_key=None, account=BearerTokenAccount(token, None))
    equal(odps.get_instance(instance.id).is_successful(), True)
    raises(errors.ODPSError, lambda: odps.get_table('test_mars').reload())
    raises(errors.ODPSError, lambda: odps.run_sql('SELECT 1'))


@since(0, 12)
def spoilt_bearer_token(world):
    from odps.accounts import BearerTokenAccount
    instance = world.odps.execute_sql('SELECT 1')
    token = world.odps.get_project().generate_auth_token(policy(world, instance.id), 'bearer', 1)
    odps = world.client(access_id=None, access_key=None,
                        account=BearerTokenAccount(token[:-6] + 'AAAAA=', None))
    raises(errors.ODPSError, lambda: odps.get_instance(instance.id).reload())


@since(0, 12)
def unknown_sts_token(world):
    from odps.accounts import StsAccount
    account = StsAccount(world.ready['access_id'], world.ready['access_key'], 'no-such-token')
    odps = world.client(access_id=None, access_key=None, account=account)
    raises(errors.ODPSError, lambda: odps.get_table('test_mars').reload())


@check
def application_account(world):
    from odps.accounts import AppAccount
    odps = world.client(app_account=AppAccount('app', 'secret'))
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
