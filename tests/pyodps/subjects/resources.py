"""Resources: files, Python modules, archives and tables."""
import hashlib
import io

from odps import errors

from checks import check, equal, raises, require, since


@check
def python_file(world):
    name = world.name('mod') + '.py'
    resource = world.odps.create_resource(name, 'py', file_obj='价 = 1\n')
    equal(resource.name, name)
    with world.odps.get_resource(name).open('r') as reader:
        equal(reader.read(), '价 = 1\n')
    equal(world.odps.exist_resource(name), True)
    world.odps.get_resource(name).update(file_obj='x = 2\n')
    with world.client().get_resource(name).open('r') as reader:
        equal(reader.read(), 'x = 2\n')
    world.odps.delete_resource(name)
    equal(world.odps.exist_resource(name), False)


@check
def binary_file(world):
    name = world.name('file') + '.bin'
    content = bytes(range(256)) * 4099
    world.odps.create_resource(name, 'file', file_obj=content, comment='a note')
    resource = world.client().get_resource(name)
    with resource.open('rb') as reader:
        equal(reader.read(), content)
    equal(resource.comment, 'a note')
    equal(resource.size, len(content))
    equal(resource.content_md5, hashlib.md5(content).hexdigest())
    equal(resource.type.value if hasattr(resource.type, 'value') else resource.type, 'FILE')
    require(resource.creation_time is not None and resource.owner, 'owner or time is missing')
    resource.drop()


@check
def written_in_place(world):
    name = world.name('edit') + '.txt'
    world.odps.create_resource(name, 'file', file_obj='one\ntwo\n')
    with world.odps.get_resource(name).open('r+') as editor:
        editor.seek(4)
        editor.write('TWO')
    with world.odps.open_resource(name, mode='r') as reader:
        equal(reader.readlines(), ['one\n', 'TWO\n'])
    with world.odps.open_resource(name, mode='a') as writer:
        writer.write('three')
    with world.odps.open_resource(name, mode='r') as reader:
        equal(reader.read(), 'one\nTWO\nthree')
    world.odps.delete_resource(name)


@check
def table_resource(world):
    name = world.name('table')
    world.odps.create_resource(name, 'table', table_name='sales', partition='dt=20260101')
    resource = world.client().get_resource(name)
    equal(resource.table.name, 'sales')
    world.odps.delete_resource(name)


@check
def listed(world):
    stem = world.name('many')
    names = ['%s_%d.py' % (stem, number) for number in range(3)]
    for name in names:
        world.odps.create_resource(name, 'py', file_obj='#')
    found = [resource.name for resource in world.odps.list_resources()]
    require(set(names) <= set(found), 'the list is %r', found)
    for name in names:
        world.odps.delete_resource(name)


@since(0, 12)
def in_parts(world):
    """A file beyond the size of one request."""
    from odps import options
    name = world.name('big') + '.bin'
    content = bytes(bytearray(range(251))) * 5000
    saved = options.resource_chunk_size
    options.resource_chunk_size = 300000
    try:
        world.odps.create_resource(name, 'file', file_obj=io.BytesIO(content))
        with world.odps.get_resource(name).open('rb') as reader:
            equal(reader.read(), content)
    finally:
        options.resource_chunk_size = saved
    world.odps.delete_resource(name)
    left = [resource.name for resource in world.odps.list_resources() if name in resource.name]
    equal(left, [], 'parts that are left')


@check
def absent(world):
    error = raises(errors.NoSuchObject,
                   lambda: world.odps.get_resource('no_such.py').reload())
    require(error.request_id, 'no request id')
    raises(errors.NoSuchObject, lambda: world.odps.delete_resource('no_such.py'))
