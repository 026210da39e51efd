"""A kernel of the notebook. Jupyter gives it a process group of its own, so it asks the system to
be ended with the server that started it, however that ends."""
import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main():
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        return
    # The folder of this file holds modules of the engine, not of the user.
    sys.path[0] = ''
    from ipykernel import kernelapp
    kernelapp.launch_new_instance()


if __name__ == '__main__':
    main()
