"""What a worker has loaded is never walked again by the collector of cycles."""

from config.conftest import Alone

SERVED = """
import gc, sys, threading
from dabiao.config import faces, heap
faces.AFTER = 0.0
import dabiao.config.wsgi
[each.join() for each in threading.enumerate() if isinstance(each, threading.Timer)]
loaded = [sys.modules[name].__dict__ for name in faces.FACES.values()]
walked = {id(each) for each in gc.get_objects()}
print(len(loaded), any(id(each) in walked for each in loaded), gc.get_threshold()[0] == heap.YOUNG)
"""


def test_all_that_a_worker_has_loaded_is_put_aside(alone: Alone) -> None:
    assert alone(SERVED).split() == ["3", "False", "True"]
