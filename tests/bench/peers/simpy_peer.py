"""The benchmarks' questions in SimPy, as its tutorial would put them.

    simpy_peer.py repairable10|mm1 COUNT [SEED]

Prints what outagesim_reference prints: reference_loop.h says what is asked.
"""

import json
import math
import sys
from random import Random

import simpy

HORIZON = 8760.0  # hours
BATCH = 10_000  # customers


class Mean:
    """Of independent parts."""

    def __init__(self):
        self.n = 0
        self.sum = 0.0
        self.squares = 0.0

    def add(self, value):
        self.n += 1
        self.sum += value
        self.squares += value * value

    def answer(self, events):
        mean = self.sum / self.n
        spread = max(0.0, self.squares / self.n - mean * mean)
        error = math.sqrt(spread / max(1, self.n - 1))
        return {"events": events, "mean": mean, "standard_error": error}


class Chain:
    """Ten services in series: it is down while any of them is."""

    def __init__(self, env, draw):
        self.env = env
        self.draw = draw
        self.down = 0
        self.since = 0.0
        self.down_time = 0.0
        self.events = 0
        for _ in range(10):
            env.process(self.service())

    def service(self):
        while True:
            yield self.env.timeout(self.draw(1 / 1000))
            self.events += 1
            if self.down == 0:
                self.since = self.env.now
            self.down += 1
            yield self.env.timeout(self.draw(1 / 4))
            self.events += 1
            self.down -= 1
            if self.down == 0:
                self.down_time += self.env.now - self.since

    def availability(self):
        open_time = HORIZON - self.since if self.down > 0 else 0.0
        return 1 - (self.down_time + open_time) / HORIZON


def repairable_years(years, seed):
    draw = Random(seed).expovariate
    mean, events = Mean(), 0
    for _ in range(years):
        env = simpy.Environment()
        chain = Chain(env, draw)
        env.run(until=HORIZON)
        mean.add(chain.availability())
        events += chain.events
    return mean.answer(events)


def queue_customers(customers, seed):
    draw = Random(seed).expovariate
    env = simpy.Environment()
    server = simpy.Resource(env, capacity=1)
    mean, batch = Mean(), []

    def customer():
        came = env.now
        with server.request() as turn:
            yield turn
            yield env.timeout(draw(1000.0))
        batch.append(env.now - came)
        if len(batch) == BATCH:
            mean.add(sum(batch) / BATCH)
            batch.clear()

    def arrivals():
        for _ in range(customers):
            yield env.timeout(draw(800.0))
            env.process(customer())

    env.process(arrivals())
    env.run()
    return mean.answer(2 * customers)


QUESTIONS = {"repairable10": repairable_years, "mm1": queue_customers}


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in QUESTIONS:
        sys.exit(__doc__)
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    print(json.dumps(QUESTIONS[sys.argv[1]](int(sys.argv[2]), seed)))


main()
