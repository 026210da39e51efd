"""How checks are written: a decorator that marks them, and exact comparisons."""


class SkipCheck(Exception):
    """The generation of the client does not know what the check is about."""


def check(function):
    """Marks a function of one argument, the world, as a check."""
    function.is_check = True
    return function


def since(*generation):
    """The check is skipped by clients before that generation."""
    def decorate(function):
        def guarded(world):
            if world.generation < generation:
                raise SkipCheck('unknown before %d.%d' % generation)
            return function(world)
        guarded.__name__ = function.__name__
        guarded.is_check = True
        return guarded
    return decorate


def of_module(module):
    """The checks of a subject in the order of its file."""
    return [value for value in vars(module).values() if getattr(value, 'is_check', False)]


def equal(got, wanted, what=''):
    """Both the value and its type: 1 is neither True nor 1.0."""
    if type(got) is not type(wanted) or got != wanted:
        raise AssertionError('%s: got %r, wanted %r' % (what or 'value', got, wanted))


def require(truth, text, *args):
    if not truth:
        raise AssertionError(text % args if args else text)


def raises(kind, call, *parts):
    """The error that the call raised; each part has to be in its text."""
    try:
        got = call()
    except kind as error:
        for part in parts:
            require(part in str(error), '%r is not in the text of %s: %s',
                    part, type(error).__name__, error)
        return error
    except Exception as error:
        raise AssertionError('wanted %s, but it raised %s: %s'
                             % (kind.__name__, type(error).__name__, error))
    raise AssertionError('wanted %s, got %r' % (kind.__name__, got))
