"""User functions: registered, looked at, changed, removed."""
from odps import errors

from checks import check, equal, raises, require


@check
def registered(world):
    module, name = world.name('udf') + '.py', world.name('f')
    resource = world.odps.create_resource(module, 'py', file_obj='class F(object): pass\n')
    world.odps.create_function(name, class_type=module[:-3] + '.F', resources=[resource])
    equal(world.odps.exist_function(name), True)
    function = world.client().get_function(name)
    equal(function.class_type, module[:-3] + '.F')
    equal([resource.name for resource in function.resources], [module])
    require(function.owner and function.creation_time is not None, 'owner or time is missing')
    require(name in [function.name for function in world.odps.list_functions()],
            'the function is not listed')
    function.class_type = module[:-3] + '.G'
    function.update()
    equal(world.client().get_function(name).class_type, module[:-3] + '.G')
    world.odps.delete_function(name)
    equal(world.odps.exist_function(name), False)
    world.odps.delete_resource(module)


@check
def absent(world):
    raises(errors.NoSuchObject, lambda: world.odps.get_function('no_such_function').reload())
    raises(errors.NoSuchObject, lambda: world.odps.delete_function('no_such_function'))
