"""Who comes to a rehearsal: characters, how common each is, and what each does; from a seed, always the same people."""

import random
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Character:
    """How somebody behaves. People come and leave at minutes of a whole evening (`pace`); thinking takes seconds."""

    name: str
    share: int
    arrives: tuple[float, float] = (-10, -1)
    leaves: tuple[float, float] | None = None
    thinks: tuple[float, float] = (5, 40)
    signs_up: float = 0.15
    accepts: float = 0.9
    finds: float = 0.8
    tips: tuple[int, int] = (0, 2)
    votes: int = 2
    offers: float = 0.4
    remote: float = 0.1
    taps: int = 1
    tabs: int = 1
    slow_seconds: float = 0.0  # real ones, for each frame
    offline: tuple[float, float] | None = None  # minutes between tunnels, minutes in one
    takes_pictures: float = 0.04
    is_rude: bool = False
    forgets: bool = False  # asks to be forgotten when leaving


PLAIN = Character("eager", 30, thinks=(2, 15), signs_up=0.4, tips=(1, 3), votes=6, offers=0.9, finds=1.0)
CHARACTERS = (
    PLAIN,
    replace(PLAIN, name="shy", share=20, thinks=(20, 90), signs_up=0.05, accepts=0.3, tips=(0, 1), offers=0.2),
    replace(PLAIN, name="late", share=10, arrives=(3, 35)),
    replace(PLAIN, name="leaving early", share=6, leaves=(20, 80)),
    replace(PLAIN, name="gone for good", share=3, leaves=(20, 80), forgets=True),
    replace(PLAIN, name="asleep", share=8, thinks=(60, 240), offline=(12, 9), signs_up=0.1, tips=(0, 1)),
    replace(PLAIN, name="on a train", share=6, offline=(3, 1), remote=0.5),
    replace(PLAIN, name="double-tapper", share=6, taps=2, takes_pictures=0.9),
    replace(PLAIN, name="troll", share=3, is_rude=True, tips=(2, 4), finds=0.5, takes_pictures=0.3),
    replace(PLAIN, name="remote", share=8, remote=1.0),
    replace(PLAIN, name="two tabs", share=4, tabs=2),
    replace(PLAIN, name="old phone", share=4, slow_seconds=0.05, thinks=(30, 120)),
)
NAMES = (
    "Ada", "Ben", "Chiara", "Đặng Thị Lan", "Emeka", "Fatima", "Giulia", "Hiroshi", "Iñaki", "Jürgen", "Khadija",
    "Łukasz", "Mei", "Nikos", "Oluwaseun", "Priya", "Quentin", "Rosa", "Søren", "Tomáš", "Umut", "Valentina", "Wei",
    "Xiomara", "Yusuf", "Zoë", "علي", "نور", "李娜", "王伟", "さくら", "Олена", "Αθηνά", "רות", "अनिका",
)  # fmt: skip
TIPS = (
    "Say thank you, with names", "Write down what was decided, and who does it by when",
    "Meet every week, and keep it short", "Ask before you rewrite somebody's code",
    "Decide who is an author before you start", "Share the notebook on the first day, not the last",
    "Escribir las decisiones donde todos las lean", "Preguntar pronto, también lo que parece tonto",
    "Dire merci, et le penser", "Se voir une fois par semaine, caméra allumée",
    "Früh fragen statt lange raten", "Aufgaben klein schneiden, damit jeder eine nehmen kann",
    "Combinar o que é urgente e o que não é", "每周固定时间开会", "把决定写下来，让所有人都能看到",
    "اكتبوا القرارات في مكان يراه الجميع", "Be kind 💛", "Assume good intentions, and say yours aloud",
)  # fmt: skip
RUDE = ("You are all idiots", "Ihr seid alle Idioten", "Sois unos idiotas", "Vous êtes des idiots", "你们都是白痴")
TEASERS = (
    "a merge at midnight",
    "the paper nobody believed in",
    "três fusos horários",
    "eine Mail zu viel",
    "一个陌生人的回复",
)
SPOTS = ("green scarf, by the coffee", "am Fenster links", "junto a la puerta", "last row, tall", "👓 red glasses")
CAPTIONS = ("The wall of notes", "Gruppenbild mit Lampe", "La foto de todos", "我们的一组")
TITLES = ("How a stranger saved our deadline", "Drei Zeitzonen, ein Fehler", "El correo que nadie leyó")


@dataclass(frozen=True, slots=True)
class Cast:
    """One of them: the character, the name without its mark, and a seed of their own."""

    number: int
    character: Character
    name: str
    seed: str

    @property
    def label(self) -> str:
        return f"{self.name} {self.number} ({self.character.name})"


def cast(people: int, seed: str) -> list[Cast]:
    """So many people, the same for the same seed; from twelve on, every character is among them."""
    chance = random.Random(f"{seed} cast")
    shares = [one.share for one in CHARACTERS]
    chosen = [*CHARACTERS, *chance.choices(CHARACTERS, shares, k=people)][:people]
    return [
        Cast(number, character, chance.choice(NAMES), f"{seed} {number}")
        for number, character in enumerate(chosen, start=1)
    ]
