"""The project, where its tunnel is, and what clients ask on their way."""
from odps import errors

from checks import check, equal, raises, require, since


@check
def known(world):
    project = world.odps.get_project()
    equal(project.name, world.ready['project'])
    require(project.owner, 'the project has no owner')
    require(project.creation_time is not None and project.last_modified_time is not None,
            'the project has no times')
    require(world.odps.exist_project(world.ready['project']), 'the project does not exist')


@check
def unknown(world):
    require(not world.odps.exist_project('no_such_project'), 'a project exists')
    error = raises(errors.NoSuchObject, lambda: world.odps.get_project('no_such_project').reload())
    require(error.request_id, 'the error has no request id')


@check
def tunnel_is_found(world):
    """Without an address of the tunnel the client asks the project for it."""
    odps = world.client(tunnel_endpoint=None)
    table = odps.get_table('test_mars')
    with table.open_reader() as reader:
        equal(reader.count, 9)


@check
def properties(world):
    project = world.odps.get_project()
    require(isinstance(project.properties, dict), 'properties are %r', project.properties)
    require(isinstance(project.extended_properties, dict),
            'extended properties are %r', project.extended_properties)


@since(0, 12)
def tenant_and_schemas(world):
    require(world.odps.get_project().tenant_id is None
            or isinstance(world.odps.get_project().tenant_id, str), 'the tenant has no id')
    equal(world.odps.is_schema_namespace_enabled(), False)


@check
def security_query(world):
    answer = world.odps.run_security_query('whoami')
    require(world.ready['access_id'] in str(answer) or 'ALIYUN$' in str(answer),
            'whoami says %r', answer)
