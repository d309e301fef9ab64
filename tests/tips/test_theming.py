"""What suggestions promise: the same for the same wall, each tip once, nothing placed is touched, ids that stay."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.tips import lexicon
from apps.tips.features import FeatureCache
from apps.tips.theming import (
    Group,
    RefusedGroup,
    RefusedGuess,
    RefusedPair,
    Suggestions,
    Theme,
    Tip,
    suggest,
)
from tests.tips.labelled import OWN, board

WALL = board(OWN / "dev_own.csv")
THEMES = [Theme("kind", "Trust and kindness"), Theme("docs", "Documentation"), Theme("data", "Open data")]
CACHE = FeatureCache()
HOSTILE = [
    "",
    "   ",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽",
    "Z̷̢̛a̸̧l̵̨g̶̡o̷̢" + "\u0335" * 300,
    "\u202edesrever si siht\u202c",
    "a" * 4000,
    "wort " * 800,
    "好" * 4000,
    "\x00\x07\ud800",
    "<script>alert(1)</script>",
    "((((((((*+?[",
    "ﷺ" * 300,
    "1234567890 " * 100,
]
texts = st.one_of(st.sampled_from(WALL.texts), st.sampled_from(HOSTILE), st.text(max_size=60))


@st.composite
def walls(draw: st.DrawFn) -> list[Tip]:
    written = draw(st.lists(texts, max_size=30))
    placed = st.one_of(st.none(), st.none(), st.sampled_from(["kind", "docs", "data", "elsewhere"]))
    return [Tip(f"t{number}", text, draw(placed)) for number, text in enumerate(written)]


def look(wall: list[Tip], **more: object) -> Suggestions:
    return suggest(wall, THEMES, prompt="What makes collaboration work?", cache=CACHE, **more)  # type: ignore[arg-type]


@given(walls(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_any_order_gives_the_same_suggestions(wall, chance):
    shuffled = wall[:]
    chance.shuffle(shuffled)
    assert look(shuffled) == look(wall)


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_a_wall_full_of_ties_gives_the_same_suggestions(seed):
    texts = [*WALL.texts, "one two", "two three", "one three"]
    wall = [Tip(f"{number} {text}", text) for number in range(2) for text in texts]
    shuffled = wall[:]
    random.Random(seed).shuffle(shuffled)
    assert look(shuffled) == look(wall)


@given(walls())
@settings(max_examples=60, deadline=None)
def test_every_tip_is_suggested_once_and_placed_tips_never(wall):
    found = look(wall)
    unsorted = {tip.id for tip in wall if tip.theme_id is None}
    grouped = [tip_id for group in found.groups for tip_id in group.tip_ids]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= unsorted
    assert set(found.guesses) <= unsorted
    assert len({group.id for group in found.groups}) == len(found.groups) <= 12
    for group in found.groups:
        assert len(group.tip_ids) >= 3
        assert group.quote_id in group.tip_ids
        assert 0 < len(group.name) <= 40 or not group.name.strip()
    for likely in found.guesses.values():
        assert [guess.score for guess in likely] == sorted((guess.score for guess in likely), reverse=True)
        assert len({guess.theme_id for guess in likely}) == len(likely) <= 3
        assert all(guess.why for guess in likely)
    for first, second, score in found.duplicates:
        assert first != second
        assert 0 < score <= 1


@given(st.sets(st.sampled_from(range(len(WALL.texts))), min_size=30, max_size=60), st.data())
@settings(max_examples=25, deadline=None)
def test_a_group_that_goes_on_keeps_its_id_and_name(numbers, data):
    wall = [Tip(f"t{number}", WALL.texts[number]) for number in sorted(numbers)]
    before = look(wall).groups
    renamed = [Group(f"kept{n}", f"Name {n}", group.quote_id, group.tip_ids) for n, group in enumerate(before)]
    again = look(wall, previous=renamed).groups
    assert {(group.id, group.name, group.tip_ids) for group in again} == {
        (group.id, group.name, group.tip_ids) for group in renamed
    }
    gone = data.draw(st.sampled_from(wall)).id
    after = look([tip for tip in wall if tip.id != gone], previous=renamed).groups
    names = {group.id: group.name for group in renamed}
    assert all(group.name == names[group.id] for group in after if group.id in names)
    for old in renamed:
        twins = [group for group in after if set(group.tip_ids) == set(old.tip_ids) - {gone}]
        assert all(group.id == old.id for group in twins)


def test_new_groups_never_take_the_id_of_an_old_one():
    wall = [Tip(f"t{number}", text) for number, text in enumerate(WALL.texts)]
    first = look(wall).groups
    elsewhere = [Group(group.id, "Old", "x", ("x", "y", "z")) for group in first]
    assert not {group.id for group in look(wall, previous=elsewhere).groups} & {group.id for group in first}


def test_refused_suggestions_do_not_come_back():
    wall = [Tip(f"t{number}", text) for number, text in enumerate(WALL.texts)]
    found = look(wall)
    group = found.groups[0]
    tip_id, likely = next(iter(found.guesses.items()))
    first, second, _ = found.duplicates[0]
    nearly = frozenset(group.tip_ids[1:]) | {"late"}
    refused = {RefusedGroup(nearly), RefusedGuess(tip_id, likely[0].theme_id), RefusedPair(frozenset((first, second)))}
    again = look(wall, refused=refused)
    assert group.tip_ids not in {other.tip_ids for other in again.groups}
    assert len(again.groups) >= len(found.groups) - 1
    assert likely[0].theme_id not in {guess.theme_id for guess in again.guesses.get(tip_id, ())}
    assert (first, second) not in {(a, b) for a, b, _ in again.duplicates}
    assert len(again.duplicates) == len(found.duplicates) - 1


def test_a_few_tips_are_left_to_the_person():
    assert look([Tip(str(n), "Write the docs") for n in range(5)]).groups == ()


def test_tips_like_a_theme_are_offered_for_it():
    wall = [
        Tip("1", "Write documentation as you go", "docs"),
        Tip("2", "Keep the docs short", "docs"),
        Tip("3", "Update the documentation with every change"),
        Tip("4", "Documentation needs examples"),
        Tip("5", "Good docs answer questions"),
        Tip("6", "Laugh together"),
        Tip("7", "Rotate the time of the call"),
        Tip("8", "Ask for pronouns"),
    ]
    (group,) = look(wall).groups
    assert (group.tip_ids, group.theme_id) == (("3", "4", "5"), "docs")
    assert look(wall).guesses["4"][0].theme_id == "docs"
    assert "documentation" in look(wall).guesses["4"][0].why


def test_concepts_join_six_languages():
    wall = [
        Tip("en", "Welcome newcomers"),
        Tip("es", "Dar la bienvenida a principiantes"),
        Tip("fr", "Accueillir les débutants"),
        Tip("de", "Neulinge willkommen heißen"),
        Tip("pt", "Acolher iniciantes"),
        Tip("zh", "欢迎新人"),
        Tip("x", "Bring a jumper, the hall is cold"),
    ]
    (group,) = suggest(wall).groups
    assert set(group.tip_ids) == {"en", "es", "fr", "de", "pt", "zh"}


def test_an_event_adds_its_own_concepts():
    wall = [
        Tip(str(n), f"{word} {rest}")
        for n, (word, rest) in enumerate(
            [
                ("kiln", "first"),
                ("glaze", "wisely"),
                ("porcelain", "slowly"),
                ("kick the wheel", ""),
                ("sing", ""),
                ("walk", ""),
            ]
        )
    ]
    assert suggest(wall).groups == ()
    words = lexicon.standard('[pottery]\nclay = ["kiln*", "glaze*", "porcelain", "wheel"]')
    (group,) = suggest(wall, cache=FeatureCache(words)).groups
    assert set(group.tip_ids) == {"0", "1", "2", "3"}


@pytest.mark.parametrize("toml", ["clay = 1", "[a]\nb = 1", '[a]\nb = [""]', '[a]\nb = ["*"]', "[a"])
def test_a_lexicon_that_makes_no_sense_is_refused(toml):
    with pytest.raises(ValueError):
        lexicon.standard(toml)


def test_words_of_the_prompt_say_nothing():
    wall = [
        Tip(str(n), f"Trains {word}")
        for n, word in enumerate(["leave", "arrive", "whistle", "rust", "derail", "brake"])
    ]
    assert suggest(wall).groups
    assert suggest(wall, prompt="What do you think of trains?").groups == ()


def test_an_id_twice_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError):
        suggest([Tip("1", "a"), Tip("1", "b")])
    with pytest.raises(ValueError):
        suggest([], [Theme("1", "a"), Theme("1", "b")])


def test_a_full_cache_gives_the_same_answer_and_forgets_the_oldest(monkeypatch):
    wall = [Tip(f"t{number}", text) for number, text in enumerate(WALL.texts)]
    cache = FeatureCache()
    assert suggest(wall, cache=cache) == suggest(wall, cache=cache) == suggest(wall)
    monkeypatch.setattr("apps.tips.features.MOST_CACHED", 10)
    cache.of("one more")
    assert len(cache) == 10
    assert suggest(wall, cache=cache) == suggest(wall)
