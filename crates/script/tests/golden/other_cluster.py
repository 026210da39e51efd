new_session('http://elsewhere/')
