"""The notebook of a cluster: a Jupyter server on the loopback interface, started when it is first
opened. Whoever knows its token gets in; the warehouse's proxy adds it to what it passes on.

Its home is a folder of the cluster and goes with it, as a container would. A notebook begins with
a session of the cluster, made by PyODPS's own code.
"""
import json
import os
import sys

from service import HOST

KERNEL = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'kernel.py')


def run(launcher, service):
    """Becomes the Jupyter server. Nothing of the launcher's memory is used any more."""
    home = os.path.join(launcher.config['dir'], 'notebook')
    files = os.path.join(home, 'files')
    os.makedirs(files, exist_ok=True)
    os.environ.update({
        'HOME': home,
        'JUPYTER_TOKEN': launcher.config['notebook_token'],
        'JUPYTER_CONFIG_DIR': os.path.join(home, 'config'),
        'JUPYTER_DATA_DIR': os.path.join(home, 'data'),
        'JUPYTER_RUNTIME_DIR': os.path.join(home, 'runtime'),
        'IPYTHONDIR': os.path.join(home, '.ipython'),
    })
    write_kernel(os.path.join(home, 'data', 'kernels', 'python3'))
    from odps.mars_extension.deploy import notebook
    notebook.dump_endpoint('http://%s:%d' % (HOST, launcher.web.port))
    notebook.config_startup()
    os.chdir(files)
    os.execv(sys.executable, [
        sys.executable, '-m', 'notebook', '--no-browser', '--allow-root',
        '--ip', HOST, '--port', str(service.port), '--NotebookApp.port_retries=0',
        # Its own token guards it, so it need not know the names of the proxy.
        '--NotebookApp.allow_remote_access=True',
        '--notebook-dir', files,
    ])


def write_kernel(folder):
    """The kernel `python3`, as one that ends with the server."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'kernel.json'), 'w') as file:
        json.dump({'argv': [sys.executable, KERNEL, '-f', '{connection_file}'],
                   'display_name': 'Python 3 (Mars 0.4)', 'language': 'python'}, file)
