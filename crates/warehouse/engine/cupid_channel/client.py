"""What `cupid.runtime.ctypes_libs` is with the native library: calls and streams."""
import io
import json
import struct

from cupid.errors import CupidError, SubprocessStreamEOFError
from cupid.proto import cupid_subprocess_service_pb2 as subprocess_pb

from . import place, reading, writing

SERVICE = 'CupidSubProcessService'
INDEX = struct.Struct('<I')

TASK_SERVICE = {
    'SplitTables': reading.split_tables,
    'WriteTable': writing.write_table,
    'CommitTable': writing.commit_table,
}
SUBPROCESS_SERVICE = {
    'GetSplits': (subprocess_pb.GetSplitsRequest, reading.get_splits),
    'RegisterTableReader': (subprocess_pb.RegisterTableReaderRequest,
                            reading.register_table_reader),
    'RegisterTableWriter': (subprocess_pb.RegisterTableWriterRequest,
                            writing.register_table_writer),
    'CommitTableFiles': (subprocess_pb.CommitTableFilesRequest, writing.commit_table_files),
}


def call_task_service(channel, method, controller, request, response_class, done):
    """`CupidTaskServiceRpcChannel.CallMethod`. In MaxCompute a task of an own instance answers;
    here the answer is known in this process."""
    answer = TASK_SERVICE.get(method.name)
    if answer is None:
        raise CupidError('the local MaxCompute does not know the call %s' % method.name)
    return answer(request)


def Subprocess_Container_Init():  # noqa: the name is the library's
    """Nothing is to be set up."""


def Subprocess_StartFDReceiver():  # noqa: the name is the library's
    """No file descriptors are handed over."""


class ChannelConf(object):
    """Sizes of pipes and pools that do not exist here."""

    def set_integer(self, key, value):
        pass


class ChannelSlaveClient(object):
    """The channel of one process."""

    def __init__(self, request_channel_nums, response_channel_nums, client_name):
        pass

    def start(self):
        pass

    def stop(self):
        pass

    def sync_call(self, method, parameter, timeout=-1):
        if method == 'get_bearer_token':
            return place.token()
        if method.rsplit('.', 1)[-1] == SERVICE:
            return call_service(parameter)
        raise CupidError('the local MaxCompute does not know the call %s' % method)

    def create_file_reader(self, method, params):
        params = opened(method, params, 'createTableInputStream', 'ReadByLabel')
        return InputStream(reading.stream(params['label']))

    def create_file_writer(self, method, params):
        params = opened(method, params, 'createTableOutputStream', 'WriteByLabel')
        return OutputStream(params['label'])

    def create_arrow_writer(self, label):
        return OutputStream(label)


def call_service(parameter):
    """The index of a method and its request; gives the bytes of the response."""
    index, = INDEX.unpack_from(parameter)
    methods = subprocess_pb.DESCRIPTOR.services_by_name[SERVICE].methods
    name = methods[index].name if index < len(methods) else 'number %d' % index
    if name not in SUBPROCESS_SERVICE:
        raise CupidError('the local MaxCompute does not know the call %s' % name)
    request_class, answer = SUBPROCESS_SERVICE[name]
    request = request_class()
    request.ParseFromString(parameter[INDEX.size:])
    return answer(request).SerializeToString()


def opened(method, params, known, kind):
    """The parameters of a stream; only Arrow moves rows here."""
    method = method.decode() if isinstance(method, bytes) else method
    params = json.loads(params.decode() if isinstance(params, bytes) else params)
    if method != known or params.get('type') != kind:
        raise CupidError('the local MaxCompute does not know the stream %s' % method)
    if not params.get('arrow'):
        raise CupidError('the local MaxCompute moves rows between tables and the engine as '
                         'Arrow only')
    return params


class InputStream(io.BytesIO):
    """Rows of a split. As with the library, reading at the end is an error."""

    def read(self, size=-1):
        got = super(InputStream, self).read(size)
        if not got and size != 0:
            raise SubprocessStreamEOFError('Subprocess stream exhausted')
        return got

    def result(self, timeout=-1):
        return b''


class OutputStream(object):
    """Rows of a block. They are in the table's session when it has been closed."""

    def __init__(self, label):
        self._label = label
        self._rows = io.BytesIO()

    def write(self, data, length=None):
        data = memoryview(data)
        self._rows.write(data if length is None else data[:length])

    def flush(self):
        pass

    def result(self, timeout=-1):
        if self._label is not None:
            label, self._label = self._label, None
            writing.store(label, self._rows.getvalue())
        return b''

    def close(self):
        self.result()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.close()
