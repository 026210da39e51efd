"""The notebook of a cluster: Jupyter behind the proxy, with kernels that have a session."""
import json
import uuid

import requests
from tornado import httpclient, ioloop, websocket

from .place import require, step

CODE = 'import mars.tensor as mt; print(mt.ones((2, 3)).sum().execute())'


def use(client):
    address = client.notebook_endpoint
    # The host is a name that the clients resolve by themselves.
    page = requests.get(address + '/', timeout=90)
    require(page.status_code == 200 and 'Jupyter' in page.text, 'the notebook is %s %s',
            page.status_code, page.text[:300])
    version = requests.get(address + '/api', timeout=20).json()['version']
    step('notebook %s: %s', version, address)
    kernel = requests.post(address + '/api/kernels', json={'name': 'python3'}, timeout=20).json()
    said = ioloop.IOLoop.current().run_sync(
        lambda: execute(address, kernel['id'], CODE), timeout=60)
    require(said.strip() == '6.0', 'the kernel said %r', said)
    gone = requests.delete('%s/api/kernels/%s' % (address, kernel['id']), timeout=20)
    require(gone.status_code == 204, 'the kernel did not end: %s', gone.status_code)
    step('a kernel of the notebook computes on the cluster')


async def execute(address, kernel, code):
    """What a cell prints."""
    url = 'ws%s/api/kernels/%s/channels' % (address[len('http'):], kernel)
    socket = await websocket.websocket_connect(
        httpclient.HTTPRequest(url, headers={'Origin': address}))
    asked = uuid.uuid4().hex
    await socket.write_message(json.dumps({
        'header': {'msg_id': asked, 'msg_type': 'execute_request', 'session': uuid.uuid4().hex,
                   'username': '', 'version': '5.3'},
        'parent_header': {}, 'metadata': {}, 'channel': 'shell',
        'content': {'code': code, 'silent': False}}))
    said = ''
    while True:
        text = await socket.read_message()
        require(text is not None, 'the kernel closed the connection')
        message = json.loads(text)
        if message['parent_header'].get('msg_id') != asked:
            continue
        content = message['content']
        require(message['msg_type'] != 'error', 'the cell failed: %s', content)
        if message['msg_type'] == 'stream':
            said += content['text']
        if message['msg_type'] == 'status' and content['execution_state'] == 'idle':
            socket.close()
            return said
