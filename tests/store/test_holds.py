"""What only one process of a database may do at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bot.store import Store


def test_a_hold_that_another_thread_lets_go_of_is_free_again(store: Store) -> None:
    """The courier takes it in a worker thread and lets go of it in the loop's."""
    with ThreadPoolExecutor(1) as pool:
        hold = pool.submit(store.take_hold, "sending").result()
    assert hold
    assert store.take_hold("sending") is None
    hold.release()
    again = store.take_hold("sending")
    assert again
    again.release()


def test_a_hold_is_free_the_moment_it_is_let_go_of(store: Store) -> None:
    for _ in range(50):
        hold = store.take_hold("sending")
        assert hold
        hold.release()
