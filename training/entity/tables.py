"""Lines that newswire prints and no prose corpus holds: scoreboards, standings, headlines in capitals, datelines, market lists.

Yields marked-up lines in the form of gold/*.txt. Names are drawn from the lists below and from a name package's providers,
so a model learns the shape of a table and not its names.
"""

import random

US = """Atlanta Boston Chicago Cleveland Dallas Denver Detroit Houston Indiana Miami Milwaukee Minnesota Oakland Orlando
Philadelphia Phoenix Pittsburgh Portland Sacramento Seattle Toronto Utah Vancouver Washington Baltimore California Cincinnati
Colorado Montreal Texas Buffalo Calgary Edmonton Ottawa Arizona Carolina Jacksonville Tennessee""".split()
US2 = ["New York", "New Jersey", "Los Angeles", "San Diego", "San Francisco", "St. Louis", "Kansas City", "Golden State",
       "San Antonio", "LA Clippers", "LA Lakers", "Tampa Bay", "Green Bay", "New England", "NY Islanders", "NY Rangers",
       "San Jose", "St Louis"]
NICK = """Braves Celtics Bulls Cavaliers Mavericks Nuggets Pistons Rockets Pacers Heat Bucks Timberwolves Magic Suns Kings
Sonics Raptors Jazz Grizzlies Wizards Orioles Angels Reds Rockies Expos Rangers Sabres Flames Oilers Senators Cardinals
Panthers Jaguars Titans Yankees Mets Dodgers Padres Giants Chiefs Warriors Spurs Clippers Lakers Buccaneers Packers
Patriots Islanders Sharks Blues Mariners Twins Astros Marlins Phillies Pirates Brewers Cubs Redskins Cowboys Bears""".split()
UK = ["Arsenal", "Aston Villa", "Blackburn", "Chelsea", "Coventry", "Derby", "Everton", "Leeds", "Leicester", "Liverpool",
      "Manchester United", "Middlesbrough", "Newcastle", "Nottingham Forest", "Sheffield Wednesday", "Southampton",
      "Sunderland", "Tottenham", "West Ham", "Wimbledon", "Barnsley", "Birmingham", "Bolton", "Bradford", "Charlton",
      "Crystal Palace", "Grimsby", "Huddersfield", "Ipswich", "Manchester City", "Norwich", "Oldham", "Oxford", "Port Vale",
      "Portsmouth", "Queens Park Rangers", "Reading", "Southend", "Stoke", "Swindon", "Tranmere", "West Bromwich", "Wolves",
      "Celtic", "Rangers", "Aberdeen", "Dundee United", "Hearts", "Hibernian", "Kilmarnock", "Motherwell", "Raith", "Falkirk",
      "Bristol Rovers", "Wycombe", "Plymouth", "Rochdale", "Hull", "Torquay", "Exeter", "Carlisle", "Fulham", "Burnley"]
EU = ["Ajax", "Feyenoord", "PSV Eindhoven", "Twente Enschede", "Heerenveen", "Vitesse Arnhem", "Roda JC Kerkrade", "Utrecht",
      "Bayern Munich", "Borussia Dortmund", "VfB Stuttgart", "Werder Bremen", "Hamburg", "Schalke 04", "Karlsruhe", "1860 Munich",
      "Hansa Rostock", "Bochum", "Freiburg", "St Pauli", "Cologne", "Bayer Leverkusen", "Paris St Germain", "Monaco", "Auxerre",
      "Lens", "Nantes", "Marseille", "Bordeaux", "Metz", "Strasbourg", "Guingamp", "Lille", "Lyon", "Bastia", "Rennes", "Cannes",
      "Juventus", "Inter Milan", "AC Milan", "Sampdoria", "Parma", "Lazio", "Roma", "Fiorentina", "Napoli", "Vicenza", "Udinese",
      "Atalanta", "Bologna", "Cagliari", "Perugia", "Piacenza", "Verona", "Reggiana", "Real Madrid", "Barcelona", "Valencia",
      "Atletico Madrid", "Real Betis", "Deportivo Coruna", "Valladolid", "Sporting Gijon", "Espanyol", "Tenerife", "Zaragoza",
      "Celta Vigo", "Real Sociedad", "Athletic Bilbao", "Sevilla", "Rayo Vallecano", "Logrones", "Hercules", "Extremadura",
      "Porto", "Benfica", "Sporting Lisbon", "Boavista", "Anderlecht", "Club Brugge", "Standard Liege", "Genk", "Ekeren",
      "Lokeren", "Rapid Vienna", "Sturm Graz", "Grasshopper", "Sion", "Neuchatel Xamax", "Servette", "Basle", "Slavia Prague",
      "Sparta Prague", "Banik Ostrava", "Legia Warsaw", "Widzew Lodz", "Ferencvaros", "MTK Budapest", "Honved", "Steaua Bucharest",
      "Dinamo Bucharest", "Rapid Bucharest", "Otelul Galati", "Partizan", "Red Star", "Croatia Zagreb", "Hajduk Split",
      "Galatasaray", "Fenerbahce", "Besiktas", "Trabzonspor", "Olympiakos", "Panathinaikos", "AEK Athens", "Spartak Moscow",
      "Dynamo Kiev", "Alania Vladikavkaz", "Shakhtar Donetsk", "Torpedo Moscow", "Boca Juniors", "River Plate", "Flamengo",
      "Palmeiras", "Gremio", "Cruzeiro", "Colo Colo", "Penarol", "Nacional", "Cerro Porteno", "Sporting Cristal", "Al Ahly"]
COUNTY = """Derbyshire Durham Essex Glamorgan Gloucestershire Hampshire Kent Lancashire Leicestershire Middlesex Northamptonshire
Nottinghamshire Somerset Surrey Sussex Warwickshire Worcestershire Yorkshire""".split()
RUGBY = ["Bath", "Bristol", "Gloucester", "Harlequins", "Leicester", "London Irish", "Northampton", "Orrell", "Sale", "Saracens",
         "Wasps", "West Hartlepool", "Cardiff", "Llanelli", "Swansea", "Pontypridd", "Wigan", "St Helens", "Castleford", "Warrington",
         "Brisbane", "Canberra", "Manly", "Cronulla", "Parramatta", "North Sydney", "Essendon", "Collingwood", "Carlton", "Geelong"]
NATION = """Germany France Britain Spain Italy Sweden Russia Australia Netherlands Switzerland Austria Norway Finland Denmark Belgium
Poland Romania Ukraine Kenya Ethiopia Morocco Japan China Brazil Argentina Canada Jamaica Cuba Zimbabwe Croatia Slovakia Hungary
Portugal Ireland England Scotland Wales Nigeria Egypt Kuwait Syria Iraq Iran Uzbekistan Thailand Indonesia Malaysia India Pakistan
Mexico Colombia Chile Bulgaria Greece Turkey Israel Latvia Belarus Kazakhstan Georgia Armenia Tunisia Ghana""".split()
NATION2 = ["United States", "U.S.", "South Africa", "New Zealand", "Czech Republic", "South Korea", "Sri Lanka", "West Indies",
           "United Arab Emirates", "Saudi Arabia", "Ivory Coast", "Northern Ireland"]
ADJ = """English French German Italian Spanish Dutch Belgian Scottish Portuguese Swiss Austrian Turkish Greek Romanian Polish Hungarian
Russian Brazilian Argentine Swedish Danish Norwegian Finnish Australian Israeli Czech Croatian Mexican Japanese""".split()
SPORT = "SOCCER TENNIS CRICKET GOLF BASKETBALL BASEBALL ATHLETICS CYCLING RUGBY BOXING SKIING SWIMMING MOTORCYCLING SQUASH HOCKEY".split()
CITY = """London Paris Rome Madrid Berlin Vienna Zurich Geneva Brussels Amsterdam Stockholm Oslo Helsinki Moscow Warsaw Prague Budapest
Athens Istanbul Cairo Nairobi Lagos Johannesburg Harare Dubai Tehran Karachi Delhi Bombay Dhaka Bangkok Singapore Jakarta Manila Tokyo
Beijing Shanghai Seoul Sydney Melbourne Auckland Toronto Montreal Chicago Houston Bogota Lima Santiago Caracas Havana Kampala
Accra Dakar Tunis Algiers Rabat Beirut Damascus Amman Baghdad Sanaa Kabul Islamabad Colombo Kathmandu Yangon Hanoi""".split()
FIRM = """Nokia Ericsson Siemens Bayer Hoechst Daimler Renault Peugeot Fiat Olivetti Unilever Philips Shell BP ICI Glaxo Zeneca Boots
Tesco Sainsbury Granada Rolls-Royce Vodafone Barclays Lloyds HSBC Sony Toyota Honda Nissan Mazda Hitachi Toshiba NEC Canon Intel
Microsoft IBM Compaq Dell Boeing Ford Chrysler Merck Pfizer Citicorp Exxon Mobil Texaco Chevron AT&T MCI Sprint Disney Viacom
Volvo Electrolux Nestle Novartis Roche Swissair Alitalia Lufthansa Qantas Telstra BHP Samsung Hyundai Daewoo Tata Infosys""".split()
TAIL = ["Corp", "Inc", "Ltd", "Plc", "AG", "SA", "Co", "Group", "Holdings", "NV", "SpA", "Bank", "Industries", "Technologies", "Oil Co"]


def pick(r, *lists):
    return r.choice(r.choice(lists))


def caps(line):
    """Capitals, with the labels kept as they are."""
    out, i = [], 0
    while i < len(line):
        if line[i] == "{" and line[i + 2:i + 3] == " ":
            out.append(line[i:i + 3]); i += 3
        else:
            out.append(line[i].upper()); i += 1
    return "".join(out)


def results(r, team):
    a, b = r.sample(team, 2)
    forms = [f"{{O {a}}} {r.randint(0, 5)} {{O {b}}} {r.randint(0, 4)}",
             f"{{O {a}}} {r.randint(0, 4)} ({{P NAME}} {r.randint(1, 90)}) {{O {b}}} {r.randint(0, 3)}",
             f"{{O {a}}} {r.randint(8, 40)} {r.randint(1, 20)} {r.randint(0, 9)} {r.randint(0, 9)} {r.randint(9, 60)} {r.randint(9, 60)} {r.randint(9, 60)}",
             f"{{O {a}}} v {{O {b}}}", f"Halftime {r.randint(0, 2)}-{r.randint(0, 2)}; {{O {a}}} beat {{O {b}}} 2-1 .",
             f"Scorers: {{O {a}}} - {{P SURNAME}} ({r.randint(1, 90)}), {{P SURNAME}} ({r.randint(1, 90)}). {{O {b}}} - {{P FULL}} ({r.randint(1, 90)})",
             f"{{O {a}}} {r.randint(0, 4)} - {{O {b}}} {r.randint(0, 4)}", f"{{O {a}}} - {{O {b}}} {r.randint(0, 4)}-{r.randint(0, 4)}"]
    return r.choice(forms)


def american(r):
    team = lambda: pick(r, US, US, US2)
    a, b = team(), team()
    forms = [f"{{O {a.upper()}}} AT {{O {b.upper()}}}", f"{{O {a}}} {r.randint(2, 60)} {r.randint(2, 60)} .{r.randint(200, 700)} {r.randint(1, 30)} 1/2",
             f"{{O {a.upper()}}} {r.randint(0, 9)} {{O {b}}} {r.randint(0, 9)}", f"{{O {a}}} {r.randint(70, 120)} {{O {b}}} {r.randint(70, 120)}",
             f"{{O {a}}} {r.randint(70, 120)} {{O {b.upper()}}} {r.randint(70, 120)} ( OT )",
             f"In {{G {a}}}, {{P FULL}} scored {r.randint(10, 40)} points as the {{O {r.choice(NICK)}}} beat the {{O {b} {r.choice(NICK)}}} {r.randint(90, 120)}-89 .",
             f"{{P FULL}} had {r.randint(10, 40)} points and {{O {a}}} beat {{O {b}}} for the third straight win.",
             f"At {{G {a}}}, {{P FULL}} allowed two hits in seven innings as {{O {a}}} edged {{O {b}}} {r.randint(1, 9)}-1 .",
             f"{{P SURNAME}}, who was traded from {{O {a}}} last week, started for the {{O {r.choice(NICK)}}} against {{O {b}}}.",
             f"{{O {a}}} signed free agent {{P FULL}} on {r.choice(['Monday', 'Tuesday', 'Friday'])}.",
             f"The {{O {a} {r.choice(NICK)}}} put {{P FULL}} on the disabled list.",
             f"{{O {a}}} at {{O {b}}}", f"{{O {a} {r.choice(NICK)}}} {r.randint(1, 12)} {r.randint(1, 12)} 0"]
    return r.choice(forms)


def player(r):
    n, m = pick(r, NATION, NATION, NATION2), pick(r, NATION, NATION, NATION2)
    sets = f"{r.choice([6, 7])}-{r.randint(0, 6)} {r.choice([6, 7])}-{r.randint(0, 6)}"
    forms = [f"{{P FULL}} ({{G {n}}}) beat {{P FULL}} ({{G {m}}}) {sets}", f"{r.randint(1, 16)} - {{P FULL}} ({{G {n}}}) beat {{P FULL}} ({{G {m}}}) {sets}",
             f"{r.randint(1, 20)}. {{P FULL}} ({{G {n}}}) {r.randint(1, 30)} minutes {r.randint(1, 59)}.{r.randint(10, 99)} seconds",
             f"{{P FULL}} ({{G {n}}}) {r.randint(60, 75)} {r.randint(60, 75)} {r.randint(60, 75)}", f"{r.randint(1, 90)}. {{P FULL}} ({{G {n}}}) {{O {r.choice(FIRM)}}} {r.randint(1, 30)} seconds behind",
             f"{r.randint(200, 280)} {{P FULL}} {r.randint(60, 75)} {r.randint(60, 75)} {r.randint(60, 75)}, {{P FULL}} ({{G {n}}}) {r.randint(60, 75)} 70 69",
             f"{r.randint(2, 9)}. {{G {n}}} ({{P FULL}}, {{P FULL}}) {r.randint(40, 59)}.{r.randint(10, 99)}",
             f"{{P FULL}} b {{P SURNAME}} {r.randint(0, 120)}", f"{{P FULL}} c {{P SURNAME}} b {{P SURNAME}} {r.randint(0, 120)}",
             f"Bowling: {{P SURNAME}} {r.randint(5, 30)}-{r.randint(0, 9)}-{r.randint(10, 90)}-{r.randint(0, 5)}, {{P SURNAME}} {r.randint(5, 30)}-2-40-1",
             f"{{G {n}}} - {{P FULL}} (captain), {{P FULL}}, {{P FULL}}, {{P FULL}}, {{P FULL}}.",
             f"Team: 1-{{P FULL}} ({{O {pick(r, UK, EU, RUGBY)}}}); 2-{{P FULL}}, 3-{{P FULL}} ({{O {pick(r, UK, EU)}}})",
             f"Goalkeepers: {{P FULL}} ({{O {pick(r, UK, EU)}}}), {{P FULL}} ({{O {pick(r, EU)}}})",
             f"{{G {n}}} {r.randint(0, 4)} {{G {m}}} {r.randint(0, 4)}", f"{{G {n}}} {r.randint(0, 9)} {r.randint(0, 9)} {r.randint(0, 9)} 0 7 3 12",
             f"{{G {n}}} {r.randint(100, 500)} and {r.randint(100, 300)}-{r.randint(1, 9)}; {{G {m}}} {r.randint(100, 400)}.",
             f"{{P FULL}} ({{G {n}}}) def. {{P FULL}} ({{G {m}}}) {sets}", f"{{P FULL}}, {{G {n}}}, {r.randint(60, 75)}-{r.randint(60, 75)}-{r.randint(60, 75)}"]
    return r.choice(forms)


def headline(r):
    n, m, city = pick(r, NATION), pick(r, NATION, NATION2), r.choice(CITY)
    sport, adj = r.choice(SPORT), r.choice(ADJ)
    forms = [f"{sport} - {{N {adj}}} FIRST DIVISION RESULTS .", f"{sport} - {{N {adj}}} PREMIER LEAGUE STANDINGS .", f"{sport} - {{P SURNAME}} WINS {{G {city}}} TITLE .",
             f"{sport} - {{G {n}}} BEAT {{G {m}}} {r.randint(1, 4)}-{r.randint(0, 1)} .", f"{sport} - {{O {pick(r, UK, EU)}}} SIGN {{P SURNAME}} FROM {{O {pick(r, UK, EU)}}} .",
             f"{sport} - {{P FULL}} OUT OF {{G {m}}} SQUAD .", f"{sport} - RESULTS OF {{G {city}}} OPEN .", f"{{G {n}}} and {{G {m}}} to hold talks in {{G {city}}} .",
             f"{{N {adj}}} minister quits over {{O {r.choice(FIRM)}}} deal .", f"{{O {r.choice(FIRM)}}} {r.choice(TAIL).upper()} Q3 profit up .", f"{{G {n}}} sees GDP growth at 3 pct .",
             f"{{P SURNAME}} says {{G {n}}} ready for talks with {{G {m}}} .", f"{{O NBA}} BASKETBALL - STANDINGS AFTER {r.choice(['MONDAY', 'FRIDAY'])}'S GAMES .",
             f"{{O NHL}} ICE HOCKEY - RESULTS .", f"{{O {r.choice(US2 + US)}}} {{O}} trade", f"{{N {adj}}} shares end higher in thin trade .", f"{{G {n}}} says {{N {adj}}} troops must leave {{G {city}}} .",
             f"{{O {r.choice(FIRM)}}} to cut 1,200 jobs in {{G {n}}} .", f"{{G {city}}} court frees {{P FULL}} .", f"{{O EU}}, {{G {n}}} sign fish deal .",
             f"{{P SURNAME}} meets {{P SURNAME}} in {{G {city}}} .", f"{{O UN}} envoy in {{G {city}}} for talks with {{P SURNAME}} ."]
    line = r.choice(forms).replace(" {O} trade", "")
    return caps(line) if r.random() < .5 else line


def dateline(r):
    city, n = r.choice(CITY), pick(r, NATION)
    day = f"{r.choice(['1996', '1997', '2020', '2022'])}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"
    forms = [f"{{G {city.upper()}}} {day}", f"{{G {city.upper()}}}, {{G {n}}} {day}", f"{{G {city.upper()}}} ({{O Reuters}}) - {{N ADJ}} police said on Monday they had held {{P FULL}}.",
             f"{{G {city.upper()}}}, {{G {n}}} ({{O AP}}) — {{P FULL}} was elected on Sunday.", f"{{G {city}}} {day}", f"By {{P FULL}}", f"{{P FULL}}", f"By {{P FULL}}, {{O Associated Press}}",
             f"-- {{P FULL}}, {{G {city}}} newsroom +{r.randint(1, 99)} {r.randint(100, 999)} {r.randint(1000, 9999)}", f"-- {{G {city}}} Newsroom {r.randint(100, 999)}-{r.randint(1000, 9999)}",
             f"{{G {city.upper()}}} — {{P FULL}}, the {{N ADJ}} prime minister, resigned.", f"(Reporting by {{P FULL}} in {{G {city}}}; Editing by {{P FULL}})",
             f"{{O AFP}}, {{G {city}}}", f"{{G {city.upper()}}}, Nov {r.randint(1, 30)} ({{O Xinhua}}) -- The {{N ADJ}} government said on Monday that it would pay."]
    return r.choice(forms).replace("ADJ", r.choice(ADJ))


def market(r):
    a, b = r.choice(FIRM), r.choice(FIRM)
    forms = [f"{{O {a} {r.choice(TAIL)}}} said on Monday its net profit rose {r.randint(2, 40)} percent.", f"{{O {a}}} fell {r.randint(1, 40)} cents to {r.randint(3, 90)}.{r.randint(10, 99)} while {{O {b}}} rose.",
             f"{{O {a} {r.choice(TAIL)}}} agreed to buy {{O {b} {r.choice(TAIL)}}} for $2.4 billion.", f"{{O {a}}} chief executive {{P FULL}} declined to comment.",
             f"Analyst {{P FULL}} at {{O {b} {r.choice(TAIL)}}} cut {{O {a}}} to hold.", f"{{O {a}}} {r.randint(10, 900)} +{r.randint(1, 9)}", f"Lead manager {{O {a} {r.choice(TAIL)}}}; borrower {{O {b} {r.choice(TAIL)}}}",
             f"{{O {a}}}, {{O {b}}} and {{O {r.choice(FIRM)} {r.choice(TAIL)}}} rose in {{G {r.choice(CITY)}}} trading.", f"{{P FULL}} of {{O {a} {r.choice(TAIL)}}} said the {{N ADJ}} market was quiet."]
    return r.choice(forms).replace("ADJ", r.choice(ADJ))


def documents(names, count, seed=7):
    """`count` documents, each a list of marked-up lines. `names(r)` gives a (first name, surname) pair."""
    r = random.Random(seed)
    kinds = [lambda: results(r, r.choice([UK, EU, EU, COUNTY, RUGBY])), lambda: american(r), lambda: player(r), lambda: headline(r), lambda: dateline(r), lambda: market(r)]
    for _ in range(count):
        kind = r.choices(kinds, [3, 4, 4, 3, 2, 2])[0]
        lines = [headline(r), dateline(r)] if r.random() < .5 else []
        lines += [kind() for _ in range(r.randint(3, 9))]
        yield [fill(r, line, names) for line in lines]


def fill(r, line, names):
    while True:
        for key in ("FULL", "SURNAME", "NAME"):
            if "{P " + key + "}" in line:
                first, last = names(r)
                form = first + " " + last if key == "FULL" else last
                if key == "FULL" and r.random() < .15:
                    form = first[:1] + ". " + last
                letters = [c for c in line if c.isalpha()]
                upper = "{P " in line and sum(c.isupper() for c in letters) > .8 * len(letters)
                line = line.replace("{P " + key + "}", "{P " + (form.upper() if upper else form) + "}", 1)
                break
        else:
            return line
