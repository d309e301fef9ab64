"""Rehearsal: a whole evening with simulated people, before the real ones come; and the page of the hour before.

The simulated people know the public API and PROTOCOL.md, and nothing else of the server: they work against any
installation. A rehearsal changes nothing of the event that it is for. It makes two copies by the API (one for the
evening, one for somebody who must hear nothing of it), which are in no list, and in the end erases both as any host
may: rows, streams, files and SQLite's bytes. What is typed carries marks (`marks.py`); by them it is found again.

    evening    copies, crew, people, the evening, the verdict
    host, crew, attendee    who comes, looks and leaves; what attendees do (doing, characters, camera, trolling)
    client     one screen: the live connection and what it holds (held, arrivals), above
    browser    who somebody is, and requests that are kept until they are answered
    judge, faults, report    what failed, and how long pushes took
    ground, interruption    for `manage.py rehearse`: a server of its own, and what a signal ends

Above them, with the database, what a host does in the browser:

    api, running    asked for, begun by a server process, stopped, removed; what was cut off is found and erased
    child      the process of one: comes in as that host, says how it goes once a second
    sentences  what the page says of it
    preflight, views    the page before the evening
"""
