"""The words of the invented captions: nine languages in six scripts, and what they talk about."""

# Region, language. A region that stands here more often has more creators.
MARKETS = [
    *[("US", "en")] * 9,
    *[("GB", "en")] * 4,
    ("CA", "en"),
    ("NG", "en"),
    ("IE", "en"),
    *[("DE", "de")] * 4,
    ("AT", "de"),
    ("CH", "de"),
    *[("FR", "fr")] * 4,
    ("BE", "fr"),
    *[("MX", "es")] * 4,
    *[("ES", "es")] * 3,
    ("AR", "es"),
    ("CO", "es"),
    *[("EG", "ar")] * 3,
    *[("SA", "ar")] * 2,
    ("IQ", "ar"),
    *[("VN", "vi")] * 5,
    *[("JP", "ja")] * 4,
    *[("KZ", "ru")] * 2,
    ("KG", "ru"),
    *[("IN", "hi")] * 4,
]

OPENINGS = {
    "en": ["Wait for it:", "POV:", "Nobody talks about this:", "Day 12 of", "I can't believe"],
    "de": ["Ehrlich gesagt:", "Wusstet ihr das?", "Straßenumfrage:", "Kurz erklärt:"],
    "fr": ["Vous le saviez ?", "Petit rappel :", "À voir absolument :", "Mon avis sur"],
    "es": ["¿Sabías esto?", "Mañana otra vez:", "No lo vas a creer:", "Mi opinión sobre"],
    "ar": ["هل تعلم؟", "شاهد حتى النهاية:", "رأيي بصراحة:", "اليوم نتحدث عن"],
    "vi": ["Bạn có biết?", "Xem đến cuối nhé:", "Hôm nay mình kể về", "Thật không ngờ:"],
    "ja": ["知ってた?", "最後まで見てね:", "今日のテーマは", "正直に言うと"],
    "ru": ["Знаете ли вы?", "Смотрите до конца:", "Честно говоря,", "Сегодня про"],
    "hi": ["क्या आप जानते हैं?", "अंत तक देखिए:", "आज की बात:", "मेरी राय:"],
}

CLOSINGS = [
    "",
    "",
    "",
    " 😂😂",
    " 🎉",
    " ❤️‍🔥",
    " 👩‍🔬",
    " 👨‍👩‍👧‍👦 💛",
    " 🏳️‍🌈",
    " 🧑🏽‍🚀✨",
    " 🇺🇳",
    "!!!",
    " … part 2 soon",
    " @ada_lovelace",
    " 100% true_story",
]

# Topic, its hashtags in every language, and one phrase for each language.
TOPICS: list[tuple[str, list[str], dict[str, str]]] = [
    (
        "climate",
        ["climate", "climatechange", "climateaction", "klima", "clima", "المناخ", "気候変動"],
        {
            "en": "what climate change does to our rivers",
            "de": "was der Klimawandel mit unseren Flüssen macht",
            "fr": "ce que le changement climatique fait à nos rivières",
            "es": "lo que el cambio climático hace con nuestros ríos",
            "ar": "ما يفعله تغير المناخ بأنهارنا",
            "vi": "biến đổi khí hậu làm gì với những dòng sông",
            "ja": "気候変動と私たちの川",
            "ru": "что изменение климата делает с нашими реками",
            "hi": "जलवायु परिवर्तन और हमारी नदियाँ",
        },
    ),
    (
        "election",
        ["election", "vote", "election2024", "Wahl", "elecciones", "élections", "انتخابات"],
        {
            "en": "why I vote in this election",
            "de": "warum ich bei dieser Wahl abstimme",
            "fr": "pourquoi je vote à cette élection",
            "es": "por qué voto en estas elecciones",
            "ar": "لماذا أصوت في هذه الانتخابات",
            "vi": "vì sao tôi đi bầu cử lần này",
            "ja": "今回の選挙に行く理由",
            "ru": "почему я голосую на этих выборах",
            "hi": "मैं इस चुनाव में वोट क्यों दूँगा",
        },
    ),
    (
        "health",
        ["health", "mentalhealth", "healthtok", "gesundheit", "santé", "صحة", "sứckhỏe"],
        {
            "en": "three health myths doctors hear every day",
            "de": "drei Gesundheitsmythen, die Ärztinnen täglich hören",
            "fr": "trois idées reçues sur la santé",
            "es": "tres mitos sobre la salud",
            "ar": "ثلاث خرافات عن الصحة",
            "vi": "ba lầm tưởng về sức khỏe",
            "ja": "健康についての三つの誤解",
            "ru": "три мифа о здоровье",
            "hi": "सेहत के तीन मिथक",
        },
    ),
    (
        "vaccine",
        ["vaccine", "vaccines", "impfung", "vacuna", "science"],
        {
            "en": "how a vaccine is tested",
            "de": "wie eine Impfung geprüft wird",
            "fr": "comment un vaccin est testé",
            "es": "cómo se prueba una vacuna",
            "ar": "كيف يُختبر اللقاح",
            "vi": "vắc-xin được thử nghiệm ra sao",
            "ja": "ワクチンはどう試験されるか",
            "ru": "как проверяют вакцину",
            "hi": "टीके की जाँच कैसे होती है",
        },
    ),
    (
        "cats",
        ["cat", "cats", "catsoftiktok", "katze", "gato", "قطط", "猫"],
        {
            "en": "my cat opens the door again",
            "de": "meine Katze öffnet schon wieder die Tür",
            "fr": "mon chat ouvre encore la porte",
            "es": "mi gato abre la puerta otra vez",
            "ar": "قطتي تفتح الباب مرة أخرى",
            "vi": "con mèo của tôi lại mở cửa",
            "ja": "うちの猫がまたドアを開けた",
            "ru": "моя кошка опять открыла дверь",
            "hi": "मेरी बिल्ली ने फिर दरवाज़ा खोला",
        },
    ),
    (
        "football",
        ["football", "soccer", "fußball", "futbol", "كرة_القدم", "サッカー"],
        {
            "en": "the best goal of the season",
            "de": "das schönste Tor der Saison im Fußball",
            "fr": "le plus beau but de la saison",
            "es": "el mejor gol de la temporada",
            "ar": "أجمل هدف في الموسم",
            "vi": "bàn thắng đẹp nhất mùa giải",
            "ja": "今シーズン最高のゴール",
            "ru": "лучший гол сезона",
            "hi": "सीज़न का सबसे अच्छा गोल",
        },
    ),
    (
        "cooking",
        ["recipe", "cooking", "foodtok", "rezept", "cocina", "طبخ", "料理", "phở"],
        {
            "en": "dinner in ten minutes with café leftovers",
            "de": "Abendessen in zehn Minuten",
            "fr": "un dîner en dix minutes",
            "es": "la cena en diez minutos",
            "ar": "عشاء في عشر دقائق",
            "vi": "bữa tối trong mười phút",
            "ja": "十分でできる晩ごはん",
            "ru": "ужин за десять минут",
            "hi": "दस मिनट में खाना",
        },
    ),
    (
        "school",
        ["school", "study", "studytok", "schule", "escuela", "学校", "школа"],
        {
            "en": "how I passed the exam I was sure to fail",
            "de": "wie ich die Prüfung doch bestand",
            "fr": "comment j'ai réussi l'examen",
            "es": "cómo aprobé el examen",
            "ar": "كيف نجحت في الامتحان",
            "vi": "mình đã vượt qua kỳ thi thế nào",
            "ja": "試験に合格した方法",
            "ru": "как я сдал экзамен",
            "hi": "मैंने परीक्षा कैसे पास की",
        },
    ),
]

COMMON_TAGS = ["fyp", "foryou", "viral", "foryoupage", "trending", "fy", "xyzbca"]

# The long tail: every pair of these is a hashtag, most of them rare.
TAIL_FIRSTS = [
    *["slow", "tiny", "old", "blue", "lost", "loud", "night", "summer", "campus", "city"],
    *["grandma", "garden", "secret", "budget", "honest", "quiet", "river", "winter", "street"],
    *["green", "retro", "daily", "first", "wild", "solo", "north", "coastal", "rainy", "vegan"],
]
TAIL_SECONDS = [
    *["diary", "walk", "tok", "talk", "hacks", "dance", "vibes", "story", "facts", "art"],
    *["cover", "remix", "ride", "train", "market", "library", "museum", "choir", "lab", "farm"],
    *["books", "bread", "tour", "life", "club", "days", "notes", "light", "school", "sound"],
]

NAME_FIRSTS = [
    *["ada", "noor", "linh", "yuki", "omar", "mia", "jonas", "lucia", "arjun", "zoe", "ivan"],
    *["sofia", "kofi", "emma", "leo", "fatima", "hugo", "priya", "tomas", "aiko", "dina", "max"],
]
NAME_SECONDS = [
    *["reads", "cooks", "explains", "travels", "sings", "runs", "paints", "studies", "builds"],
    *["gardens", "dances", "codes", "films", "plays", "writes", "hikes", "teaches", "skates"],
]
DISPLAY_NAMES = [
    *["Ada ✨", "نور", "Linh 🌸", "ゆき", "عمر", "Mia", "Jonas", "Lucía", "अर्जुन", "Zoë", "Иван"],
    *["Sofía", "Kofi 🇬🇭", "Emma", "Léo", "فاطمة", "Hugo", "प्रिया", "Tomáš", "愛子", "Дина", "Max"],
]

REMARKS = {
    "en": ["so true", "love this", "source?", "my grandma says hi 👵", "first", "this is WRONG"],
    "de": ["stimmt genau", "Quelle?", "großartig", "so ein Quatsch"],
    "fr": ["trop vrai", "merci pour la vidéo", "n'importe quoi"],
    "es": ["qué bonito", "jajaja 😂", "no es verdad"],
    "ar": ["صحيح", "ما شاء الله ❤️", "هههههه"],
    "vi": ["đúng vậy", "hay quá", "không phải đâu"],
    "ja": ["かわいい", "それな", "本当に?"],
    "ru": ["точно", "спасибо!", "неправда"],
    "hi": ["सही बात", "बहुत बढ़िया 👏", "गलत"],
}
