"""Makes the first corpora from what real clients have sent: `python3 seeds.py`, in this folder."""
import base64
import glob
import hashlib
import json
import os
import struct
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, '..', 'crates', 'odps', 'tests', 'data')
METHODS = ['GET', 'POST', 'PUT', 'DELETE']


def keep(target, content):
    folder = os.path.join(HERE, 'corpus', target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, hashlib.sha1(content).hexdigest()), 'wb') as file:
        file.write(content)


def body(side):
    if 'body_base64' in side:
        return base64.b64decode(side['body_base64'])
    return side.get('body', '').encode()


def header(side, name):
    for key, value in side['headers'].items():
        if key.lower() == name:
            return value
    return ''


def unframed(framed):
    """The payload of the tunnel's chunks."""
    size = struct.unpack('>I', framed[:4])[0]
    payload, at = b'', 4
    while at + 4 < len(framed):
        piece = framed[at:at + size + 4]
        payload += piece[:-4]
        at += size + 4
    return payload


def rows(side, query):
    """Rows of a tunnel, as records or Arrow, packed or not."""
    content = body(side)
    if not content:
        return
    plain = content
    if header(side, 'content-encoding') == 'deflate':
        keep('bodies', b'\x01' + content)
        plain = zlib.decompress(content)
    if 'arrow' in query.split('&'):
        for how in (0, 2):
            keep('frames', bytes([how | 0xfc]) + plain)
            keep('frames', bytes([how | 0xfd]) + unframed(plain))
    else:
        keep('bodies', b'\x80' + plain)
        for kind in (0, 3, 7, 20, 22):
            keep('records', bytes([kind]) + plain)


for path in sorted(glob.glob(os.path.join(DATA, '*.json'))):
    with open(path) as file:
        recording = json.load(file)
    if not isinstance(recording, dict):
        continue
    for exchange in recording.get('exchanges', []):
        request, response = exchange['request'], exchange.get('response') or {'headers': {}}
        where = request['path'] + ('?' + request['query'] if request['query'] else '')
        where = where[4:] if where.startswith('/api/') else where
        names = ['authorization', 'x-odps-resource-name', 'x-odps-resource-type', 'date',
                 'x-odps-bearer-token']
        headers = '\t'.join(header(request, name) for name in names)
        method = bytes([METHODS.index(request['method'])]) if request['method'] in METHODS else b'\0'
        keep('requests', b'\n'.join([method, where.encode(), headers.encode(), body(request)]))
        if 'decoded_cupid_task_param' in request:
            keep('plans', body(request))
        if request['method'] == 'PUT' and 'blockid' in request['query']:
            rows(request, request['query'])
        if request['method'] == 'GET' and 'rowrange' in request['query']:
            rows(response, request['query'])

for text in [b'array<map<string,struct<a:bigint,b:array<decimal(38,18)>>>>', b"dt='20260101',hh=1"]:
    keep('plans', text)
