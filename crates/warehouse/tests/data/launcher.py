"""Follows the launcher's contract with sleeping processes. What goes wrong is asked for by module names."""
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time

EVENTS = os.fdopen(os.dup(1), 'w')


def say(**event):
    try:
        EVENTS.write(json.dumps(event) + '\n')
        EVENTS.flush()
    except BrokenPipeError:
        os.killpg(0, signal.SIGKILL)


class Web(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        body = json.dumps({
            'path': self.path, 'method': self.command,
            'authorization': self.headers.get('Authorization'),
            'body': self.rfile.read(int(self.headers.get('Content-Length') or 0)).decode(),
        }).encode()
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, *_):
        pass


def main():
    config = json.loads(sys.stdin.readline())
    modules = config['modules']
    with open(os.path.join(config['dir'], 'config.json'), 'w') as file:
        json.dump(config, file)
    if 'test.import_error' in modules:
        raise ImportError('No module named test.import_error')
    if 'test.fails' in modules:
        say(event='failed', message='no free port for the scheduler in 5 tries')
        say(event='ended')
        return
    count = config['worker_num']
    workers = [subprocess.Popen(['sleep', '600'], stdin=subprocess.DEVNULL) for _ in range(count)]
    with open(os.path.join(config['dir'], 'pids'), 'w') as file:
        file.write(' '.join(str(pid) for pid in [os.getpid()] + [one.pid for one in workers]))
    say(event='scheduler', endpoint='127.0.0.1:1')
    if 'test.dies' in modules:
        os.kill(os.getpid(), signal.SIGKILL)
    if config['fault'] == 'worker-dies-while-starting':
        say(event='worker-lost', endpoint='127.0.0.1:2', code=-9)
        time.sleep(600)
    web = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Web)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    say(event='web', port=web.server_address[1])
    for number, one in enumerate(workers):
        say(event='worker', endpoint='127.0.0.1:%d' % (100 + number), pid=one.pid)
    for line in sys.stdin:
        command = json.loads(line).get('command')
        if command == 'notebook' and 'test.no_notebook' in modules:
            say(event='notebook-lost', message='notebook ended with code 1: no room')
        elif command == 'notebook':
            say(event='notebook', port=web.server_address[1])
        if command == 'stop':
            # A careless launcher: its children are left to whoever started it.
            if 'test.leaves_children' not in modules:
                for one in workers:
                    one.kill()
                    one.wait()
            say(event='ended')
            return
    os.killpg(0, signal.SIGKILL)


main()
