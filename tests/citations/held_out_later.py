"""A second and a third set, each written after the parser was tuned and before it saw them."""

NEWS = "article-newspaper"

HELD_OUT_LATER: list[tuple[str, list]] = [
    (
        "Baqir Sajjad Syed, “FO rejects Kabul’s claim on Durand Line”, *Dawn*, 14 January 2024, <https://www.dawn.com/news/1805800/fo-rejects>",
        [{"type": NEWS, "author": ["Baqir Sajjad|Syed"], "title": "FO rejects Kabul’s claim on Durand Line", "container-title": "Dawn",
          "issued": "2024-1-14", "URL": "https://www.dawn.com/news/1805800/fo-rejects"}],
    ),
    (
        "Human Rights Watch, “Pakistan: Forced Returns to Afghanistan”, November 28, 2023, <https://www.hrw.org/news/2023/11/28/x>.",
        [{"type": "report|webpage", "author": ["Human Rights Watch"], "title": "Pakistan: Forced Returns to Afghanistan",
          "issued": "2023-11-28", "URL": "https://www.hrw.org/news/2023/11/28/x"}, "."],
    ),
    (
        "UN Secretary-General, *The Situation in Afghanistan and Its Implications for International Peace and Security*, A/79/797–S/2025/109, February 21, 2025, paras. 12–15.",
        [{"type": "report", "author": ["UN Secretary-General"],
          "title": "The Situation in Afghanistan and Its Implications for International Peace and Security",
          "number": "A/79/797–S/2025/109", "issued": "2025-2-21", "locator": "paras. 12–15"}, "."],
    ),
    (
        "Sarah Chayes, *The Punishment of Virtue: Inside Afghanistan After the Taliban* (New York: Penguin Press, 2006), chap. 4.",
        [{"type": "book", "author": ["Sarah|Chayes"], "title": "The Punishment of Virtue: Inside Afghanistan After the Taliban",
          "publisher-place": "New York", "publisher": "Penguin Press", "issued": "2006", "locator": "chap. 4"}, "."],
    ),
    (
        "Amin Saikal, ‘Afghanistan’s Geopolitical Role’, *Central Asian Survey*, Vol. 40, No. 2 (2021), pp. 165–181, doi:10.1080/02634937.2021.1.",
        [{"type": "article-journal", "author": ["Amin|Saikal"], "title": "Afghanistan’s Geopolitical Role", "container-title": "Central Asian Survey",
          "volume": "40", "issue": "2", "issued": "2021", "page": "165–181", "DOI": "10.1080/02634937.2021.1"}, "."],
    ),
    (
        "Shahbaz Rana, “Pakistan, IMF reach deal”, The Express Tribune, July 13, 2024. See also “IMF mission concludes”, Business Recorder, July 14, 2024, https://www.brecorder.com/news/4031.",
        [{"type": NEWS, "author": ["Shahbaz|Rana"], "title": "Pakistan, IMF reach deal", "container-title": "The Express Tribune", "issued": "2024-7-13"},
         ". See also ", {"type": NEWS, "title": "IMF mission concludes", "container-title": "Business Recorder", "issued": "2024-7-14",
                         "URL": "https://www.brecorder.com/news/4031"}, "."],
    ),
    (
        "Olivier Roy, *Islam and Resistance in Afghanistan*, trans. Gwydir St. Clair (Cambridge: Cambridge University Press, 1990), 30–53.",
        [{"type": "book", "author": ["Olivier|Roy"], "translator": ["Gwydir St.|Clair"], "title": "Islam and Resistance in Afghanistan",
          "publisher-place": "Cambridge", "publisher": "Cambridge University Press", "issued": "1990", "locator": "30–53"}, "."],
    ),
    (
        "Иван Сафранчук, «Афганистан и Центральная Азия», Россия в глобальной политике, 12 марта 2022 г., <https://globalaffairs.ru/articles/x/>",
        [{"type": NEWS, "author": ["Иван|Сафранчук"], "title": "Афганистан и Центральная Азия", "container-title": "Россия в глобальной политике",
          "issued": "2022-3-12", "URL": "https://globalaffairs.ru/articles/x/"}],
    ),
    (
        "Asian Development Bank, “Pakistan: Country Data Sheet,” accessed on 3 June 2025, https://data.adb.org/pakistan.",
        [{"type": "webpage", "author": ["Asian Development Bank"], "title": "Pakistan: Country Data Sheet", "accessed": "2025-6-3",
          "URL": "https://data.adb.org/pakistan"}, "."],
    ),
    (
        "The figure is contested: the ministry speaks of 800,000, UNHCR of 541,000.",
        ["The figure is contested: the ministry speaks of 800,000, UNHCR of 541,000."],
    ),
    (
        "On this point the two governments differ. In Kabul’s reading, “the Line is imaginary”; Islamabad regards it as settled since 1893.",
        ["On this point the two governments differ. In Kabul’s reading, “the Line is imaginary”; Islamabad regards it as settled since 1893."],
    ),
    ("Khan, “Kabul talks end”.", ["Khan, “Kabul talks end”."]),
    ("Ibid.; see also note 12 above.", ["Ibid.; see also note 12 above."]),
    ("Op. cit., Rubin, p. 61.", ["Op. cit., Rubin, p. 61."]),
    ("Interviews conducted by the author in Peshawar and Quetta between January and March 2024.",
     ["Interviews conducted by the author in Peshawar and Quetta between January and March 2024."]),
    (
        "Constitution of the Islamic Republic of Pakistan, 1973, art. 40.",
        [{"type": "legislation", "title": "Constitution of the Islamic Republic of Pakistan, 1973", "locator": "art. 40"}, "."],
    ),
    (
        "Indus Waters Treaty between India and Pakistan, September 19, 1960, art. III.",
        [{"type": "treaty", "title": "Indus Waters Treaty between India and Pakistan", "issued": "1960-9-19", "locator": "art. III"}, "."],
    ),
    (
        "Asfandyar Mir, “Afghanistan’s Terrorism Challenge”, Policy Paper 2020-9 (Washington, DC: Middle East Institute, 2020), pp. 4–6, https://www.mei.edu/x.",
        [{"type": "report", "author": ["Asfandyar|Mir"], "title": "Afghanistan’s Terrorism Challenge", "genre": "Policy Paper", "number": "2020-9",
          "publisher-place": "Washington, DC", "publisher": "Middle East Institute", "issued": "2020", "locator": "pp. 4–6", "URL": "https://www.mei.edu/x"}, "."],
    ),
    (
        "Imran Khan (@ImranKhanPTI), “We want peace in Afghanistan”, Twitter, August 31, 2021, https://twitter.com/ImranKhanPTI/status/1432.",
        [{"type": "post", "author": ["Imran Khan (@ImranKhanPTI)"], "title": "We want peace in Afghanistan", "container-title": "Twitter",
          "issued": "2021-8-31", "URL": "https://twitter.com/ImranKhanPTI/status/1432"}, "."],
    ),
    (
        "According to “Fencing of border 98 per cent complete”, *The News*, August 5, 2023, the work began in 2017.",
        ["According to ", {"type": NEWS, "title": "Fencing of border 98 per cent complete", "container-title": "The News", "issued": "2023-8-5"},
         ", the work began in 2017."],
    ),
    (
        "Antonio De Lauri and Astri Suhrke, “Armed Governance: the Case of the CIA-supported Afghan Militias”, *Small Wars & Insurgencies* 32, no. 3 (2021): 490–508.",
        [{"type": "article-journal", "author": ["Antonio|De Lauri", "Astri|Suhrke"], "title": "Armed Governance: the Case of the CIA-supported Afghan Militias",
          "container-title": "Small Wars & Insurgencies", "volume": "32", "issue": "3", "issued": "2021", "page": "490–508"}, "."],
    ),
    (
        "Thomas H. Johnson & M. Chris Mason, \"No Sign until the Burst of Fire,\" *International Security* 32(4), 2008, 41-77.",
        [{"type": "article-journal", "author": ["Thomas H.|Johnson", "M. Chris|Mason"], "title": "No Sign until the Burst of Fire",
          "container-title": "International Security", "volume": "32", "issue": "4", "issued": "2008", "page": "41-77"}, "."],
    ),
    (
        "United Nations Assistance Mission in Afghanistan (UNAMA), “Human Rights Situation in Afghanistan: April–June 2024 Update”, July 2024, p. 3, <https://unama.unmissions.org/x.pdf>",
        [{"type": "report", "author": ["United Nations Assistance Mission in Afghanistan (UNAMA)"],
          "title": "Human Rights Situation in Afghanistan: April–June 2024 Update", "issued": "2024-7", "locator": "p. 3",
          "URL": "https://unama.unmissions.org/x.pdf"}],
    ),
    (
        "Kamran Yousaf, “Envoy wraps up fruitful Kabul trip”, *Express Tribune*, March 24, 2025, <https://tribune.com.pk/a>; Tahir Khan, “Peace”, *Dawn*, March 23, 2025, <https://www.dawn.com/b>; and “Border reopens”, *The Nation*, March 22, 2025, <https://www.nation.com.pk/c>.",
        [{"type": NEWS, "author": ["Kamran|Yousaf"], "title": "Envoy wraps up fruitful Kabul trip", "container-title": "Express Tribune", "issued": "2025-3-24", "URL": "https://tribune.com.pk/a"},
         "; ", {"type": NEWS, "author": ["Tahir|Khan"], "title": "Peace", "container-title": "Dawn", "issued": "2025-3-23", "URL": "https://www.dawn.com/b"},
         "; and ", {"type": NEWS, "title": "Border reopens", "container-title": "The Nation", "issued": "2025-3-22", "URL": "https://www.nation.com.pk/c"}, "."],
    ),
    (
        "张蕴岭：《“一带一路”与南亚》，《世界知识》，2019年第4期，第12页。",
        [{"type": "article-journal|article-newspaper", "author": ["蕴岭|张"], "title": "“一带一路”与南亚", "container-title": "世界知识", "issued": "2019"}, "。"],
    ),
    (
        "احمد رشید، «طالبان»، ترجمه اسدالله شفایی، تهران: دانش هستی، ۱۳۷۹.",
        ["احمد رشید، «طالبان»، ترجمه اسدالله شفایی، تهران: دانش هستی، ۱۳۷۹."],
    ),
    (
        "Anatol Lieven, *Pakistan: A Hard Country* (London: Allen Lane, 2011), 411. Lieven’s figures are from 2009.",
        [{"type": "book", "author": ["Anatol|Lieven"], "title": "Pakistan: A Hard Country", "publisher-place": "London", "publisher": "Allen Lane",
          "issued": "2011", "locator": "411"}, ". Lieven’s figures are from 2009."],
    ),
    (
        "“Joint Statement of the 6th China–Afghanistan–Pakistan Trilateral Foreign Ministers’ Dialogue”, Ministry of Foreign Affairs of the People’s Republic of China, August 20, 2025, https://www.mfa.gov.cn/eng/x.html",
        [{"type": "report", "title": "Joint Statement of the 6th China–Afghanistan–Pakistan Trilateral Foreign Ministers’ Dialogue",
          "publisher": "Ministry of Foreign Affairs of the People’s Republic of China", "issued": "2025-8-20", "URL": "https://www.mfa.gov.cn/eng/x.html"}],
    ),
    # A third set, met after the first two.
    (
        'Michael Kugelman, “Why Pakistan’s Taliban Problem Won’t Go Away”, *Foreign Policy*, September 6, 2023, <https://foreignpolicy.com/2023/09/06/x/>',
        [{'type': NEWS, 'author': ['Michael|Kugelman'], 'title': 'Why Pakistan’s Taliban Problem Won’t Go Away', 'container-title': 'Foreign Policy', 'issued': '2023-9-6', 'URL': 'https://foreignpolicy.com/2023/09/06/x/'}],
    ),
    (
        'Amina Khan, “Resetting Pakistan–Afghanistan Ties”, Issue Brief (Islamabad: Institute of Strategic Studies, 2025), 3.',
        [{'type': 'report', 'author': ['Amina|Khan'], 'title': 'Resetting Pakistan–Afghanistan Ties', 'genre': 'Issue Brief', 'publisher-place': 'Islamabad', 'publisher': 'Institute of Strategic Studies', 'issued': '2025', 'locator': '3'}, '.'],
    ),
    (
        'Ministry of Commerce, “Trade Statistics 2023–24”, Government of Pakistan, <https://www.commerce.gov.pk/stats> (last accessed 2 May 2025).',
        [{'type': 'webpage', 'author': ['Ministry of Commerce'], 'title': 'Trade Statistics 2023–24', 'container-title': 'Government of Pakistan', 'accessed': '2025-5-2', 'URL': 'https://www.commerce.gov.pk/stats'}, '.'],
    ),
    (
        'Barnett Rubin and Ahmed Rashid, “From Great Game to Grand Bargain: Ending Chaos in Afghanistan and Pakistan”, *Foreign Affairs*, vol. 87, no. 6 (November/December 2008), pp. 30–44.',
        [{'type': 'article-journal', 'author': ['Barnett|Rubin', 'Ahmed|Rashid'], 'title': 'From Great Game to Grand Bargain: Ending Chaos in Afghanistan and Pakistan', 'container-title': 'Foreign Affairs', 'volume': '87', 'issue': '6', 'issued': '2008-11', 'page': '30–44'}, '.'],
    ),
    (
        'Hassan Abbas, *The Return of the Taliban: Afghanistan after the Americans Left* (New Haven and London: Yale University Press, 2023).',
        [{'type': 'book', 'author': ['Hassan|Abbas'], 'title': 'The Return of the Taliban: Afghanistan after the Americans Left', 'publisher-place': 'New Haven and London', 'publisher': 'Yale University Press', 'issued': '2023'}, '.'],
    ),
    (
        'SIGAR, *Quarterly Report to the United States Congress*, January 30, 2025, p. 27, https://www.sigar.mil/x.pdf.',
        [{'type': 'report', 'author': ['SIGAR'], 'title': 'Quarterly Report to the United States Congress', 'issued': '2025-1-30', 'locator': 'p. 27', 'URL': 'https://www.sigar.mil/x.pdf'}, '.'],
    ),
    (
        'Ibid., 12; Siddiqa, *Military Inc.*, 50.',
        ['Ibid., 12; Siddiqa, *Military Inc.*, 50.'],
    ),
    (
        'Speech by the Foreign Minister at the Heart of Asia conference, Istanbul, November 2, 2011.',
        ['Speech by the Foreign Minister at the Heart of Asia conference, Istanbul, November 2, 2011.'],
    ),
    (
        'Farhan Bokhari, “Pakistan and Afghanistan trade fire”, Financial Times (London), October 12, 2025.',
        [{'type': NEWS, 'author': ['Farhan|Bokhari'], 'title': 'Pakistan and Afghanistan trade fire', 'container-title': 'Financial Times (London)', 'issued': '2025-10-12'}, '.'],
    ),
    (
        'Agence France-Presse, “Kabul hosts trilateral talks”, *Arab News*, August 20, 2025, <https://arab.news/abc>.',
        [{'type': NEWS, 'author': ['Agence France-Presse'], 'title': 'Kabul hosts trilateral talks', 'container-title': 'Arab News', 'issued': '2025-8-20', 'URL': 'https://arab.news/abc'}, '.'],
    ),
    (
        'Ayaz Gul, “Taliban Seek Trade Route”, *VOA*, May 3, 2023; Ayaz Gul, “Taliban Seek Transit”, *VOA*, May 9, 2023.',
        [{'type': NEWS, 'author': ['Ayaz|Gul'], 'title': 'Taliban Seek Trade Route', 'container-title': 'VOA', 'issued': '2023-5-3'}, '; ', {'type': NEWS, 'author': ['Ayaz|Gul'], 'title': 'Taliban Seek Transit', 'container-title': 'VOA', 'issued': '2023-5-9'}, '.'],
    ),
    (
        'The “Istanbul Process” (2011) is described in Nicole Birtsh, *Istanbul Process* (Berlin: SWP, 2014), 5.',
        ['The “Istanbul Process” (2011) is described in Nicole Birtsh, *Istanbul Process* (Berlin: SWP, 2014), 5.'],
    ),
    (
        'Elisabeth Threlkeld and Grace Easterly, “Afghanistan-Pakistan Ties and Future Stability in Afghanistan”, Peaceworks No. 175, United States Institute of Peace, August 2021.',
        [{'type': 'report', 'author': ['Elisabeth|Threlkeld', 'Grace|Easterly'], 'title': 'Afghanistan-Pakistan Ties and Future Stability in Afghanistan', 'genre': 'Peaceworks', 'number': 'No. 175', 'publisher': 'United States Institute of Peace', 'issued': '2021-8'}, '.'],
    ),
    (
        'Shanghai Cooperation Organisation, “Astana Declaration”, July 4, 2024, para. 9, https://eng.sectsco.org/x.',
        [{'type': 'report|webpage|treaty', 'author': ['Shanghai Cooperation Organisation'], 'title': 'Astana Declaration', 'issued': '2024-7-4', 'locator': 'para. 9', 'URL': 'https://eng.sectsco.org/x'}, '.'],
    ),
    (
        'Data from the World Bank’s “World Development Indicators”, https://databank.worldbank.org/, accessed March 3, 2025.',
        ['Data from the World Bank’s “World Development Indicators”, https://databank.worldbank.org/, accessed March 3, 2025.'],
    ),
    (
        'John R. Allen, “Testimony before the Senate Armed Services Committee”, 112th Cong., 2nd sess., March 22, 2012, p. 4.',
        [{'type': 'speech|report|hearing', 'author': ['John R.|Allen'], 'title': 'Testimony before the Senate Armed Services Committee', 'issued': '2012-3-22', 'locator': 'p. 4'}, ', 112th Cong, 2nd sess.'],
    ),
]  # fmt: skip
