"""Corrections of pymars 0.4.0rc1: connections and listeners."""


def send_messages_at_once():
    """Every message between two processes takes 40 ms.

    It is written in pieces on a connection that is used again, so the kernel holds the later
    pieces back until the first is acknowledged (Nagle's algorithm and delayed
    acknowledgement).
    """
    import gevent.server
    import gevent.socket
    create_connection = gevent.socket.create_connection
    do_read = gevent.server.StreamServer.do_read

    def without_delay(sock):
        sock.setsockopt(gevent.socket.IPPROTO_TCP, gevent.socket.TCP_NODELAY, 1)

    def connect(*args, **kwargs):
        sock = create_connection(*args, **kwargs)
        without_delay(sock)
        return sock

    def accept(self):
        got = do_read(self)
        if got is not None:
            without_delay(got[0])
        return got

    gevent.socket.create_connection = connect
    gevent.server.StreamServer.do_read = accept


def web_on_loopback():
    """The web service listens on all interfaces, and whoever reaches it can run code."""
    import mars.web.server

    class LoopbackServer(mars.web.server.Server):
        def __init__(self, *args, **kwargs):
            kwargs['address'] = '127.0.0.1'
            super().__init__(*args, **kwargs)

    mars.web.server.Server = LoopbackServer
