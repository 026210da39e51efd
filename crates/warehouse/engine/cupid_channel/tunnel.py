"""The table tunnel with rows in Arrow, which PyODPS 0.9 does not speak itself.

Sessions are PyODPS's own; only the bodies that hold rows are sent and read here.
"""
from odps.models import Projects
from odps.tunnel import TableTunnel

from . import frames, place

HEADERS = {'x-odps-tunnel-version': 5}
PIECE = 1 << 20


def download(project, table, partition, session=None):
    """A new download session, or a known one."""
    return TableTunnel(place.odps(), project=project).create_download_session(
        table, partition_spec=partition, download_id=session)


def begin_upload(project, table, partition, overwrite):
    """The id of a new upload session. PyODPS 0.9 cannot ask for one that overwrites."""
    rest = TableTunnel(place.odps(), project=project).tunnel_rest
    parameters = {'uploads': 1}
    if partition:
        parameters['partition'] = partition
    if overwrite:
        parameters['overwrite'] = 'true'
    path = Projects(client=rest)[project].tables[table].resource()
    return rest.post(path, '', params=parameters, headers=dict(HEADERS)).json()['UploadID']


def upload(project, table, partition, session):
    """A known upload session."""
    return TableTunnel(place.odps(), project=project).create_upload_session(
        table, partition_spec=partition, upload_id=session)


def read(session, start, count, columns):
    """Record batches of a range of rows: Arrow messages, without a schema."""
    parameters = _of(session, downloadid=session.id, data='', arrow='',
                     rowrange='(%d,%d)' % (start, count), columns=','.join(columns))
    answer = session._client.get(session._table.resource(), stream=True, params=parameters,
                                 headers=dict(HEADERS))
    return frames.read(answer.iter_content(PIECE))


def write(session, block, batches):
    """Writes Arrow messages, without a schema, as a block; a block of that number is replaced."""
    parameters = _of(session, uploadid=session.id, blockid=block, arrow='')
    headers = dict(HEADERS, **{'Transfer-Encoding': 'chunked',
                               'Content-Type': 'application/octet-stream'})
    session._client.put(session._table.resource(), data=frames.write(batches),
                        params=parameters, headers=headers)


def commit(session):
    """Shows all blocks of a session at once."""
    parameters = _of(session, uploadid=session.id)
    session._client.post(session._table.resource(), '', params=parameters)


def _of(session, **parameters):
    if session._partition_spec:
        parameters['partition'] = session._partition_spec
    return parameters
