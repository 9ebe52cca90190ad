"""Printed references of every kind met in briefs, made up or altered, with what they mean.

Written before the parser was tuned, and never to be tuned by exceptions: a rule that is added for
one of these must be a general one. Names are "Given|Family" or "an organisation"; segments are text
or a dict of fields, `locator` among them; `type` may offer several.
"""

NEWS = "article-newspaper"

HELD_OUT: list[tuple[str, list]] = [
    (
        "Ayesha Siddiqa, *Military Inc.: Inside Pakistan’s Military Economy* (London: Pluto Press, 2007), 45–47.",
        [{"type": "book", "author": ["Ayesha|Siddiqa"], "title": "Military Inc.: Inside Pakistan’s Military Economy",
          "publisher-place": "London", "publisher": "Pluto Press", "issued": "2007", "locator": "45–47"}, "."],
    ),
    (
        "Barnett R. Rubin, “Saving Afghanistan”, *Foreign Affairs* 86, no. 1 (2007): 57–78, <https://www.jstor.org/stable/20032210>",
        [{"type": "article-journal", "author": ["Barnett R.|Rubin"], "title": "Saving Afghanistan",
          "container-title": "Foreign Affairs", "volume": "86", "issue": "1", "issued": "2007", "page": "57–78",
          "URL": "https://www.jstor.org/stable/20032210"}],
    ),
    (
        'C. Christine Fair, "Pakistan\'s Relations with Central Asia: Is Past Prologue?," *Journal of Strategic Studies* 31, no. 2 (April 2008): 201-227, https://doi.org/10.1080/01402390801940427.',
        [{"type": "article-journal", "author": ["C. Christine|Fair"], "title": "Pakistan's Relations with Central Asia: Is Past Prologue?",
          "container-title": "Journal of Strategic Studies", "volume": "31", "issue": "2", "issued": "2008-4",
          "page": "201-227", "DOI": "10.1080/01402390801940427"}, "."],
    ),
    (
        "International Crisis Group, “Pakistan’s Hard Policy Choices in Afghanistan”, Asia Report No. 320, February 4, 2022, <https://www.crisisgroup.org/asia/320>",
        [{"type": "report", "author": ["International Crisis Group"], "title": "Pakistan’s Hard Policy Choices in Afghanistan",
          "genre": "Asia Report", "number": "No. 320", "issued": "2022-2-4", "URL": "https://www.crisisgroup.org/asia/320"}],
    ),
    (
        "United Nations Security Council, Resolution 1373 (2001), S/RES/1373, September 28, 2001, <https://undocs.org/S/RES/1373(2001)>.",
        [{"type": "report|legislation", "author": ["United Nations Security Council"], "title": "Resolution 1373 (2001)",
          "number": "S/RES/1373", "issued": "2001-9-28", "URL": "https://undocs.org/S/RES/1373(2001)"}, "."],
    ),
    (
        "Vienna Convention on the Law of Treaties, May 23, 1969, 1155 UNTS 331, art. 31.",
        [{"type": "treaty", "title": "Vienna Convention on the Law of Treaties", "issued": "1969-5-23",
          "number": "1155 UNTS 331", "locator": "art. 31"}, "."],
    ),
    (
        "Riaz Mohammad Khan, interview by the author, Islamabad, March 3, 2024.",
        [{"type": "interview", "author": ["Riaz Mohammad|Khan"], "genre": "interview by the author",
          "event-place": "Islamabad", "issued": "2024-3-3"}, "."],
    ),
    (
        "Ministry of Foreign Affairs, Government of Pakistan, “Visit of the Deputy Prime Minister to Kabul,” press release, April 19, 2025, https://mofa.gov.pk/press-releases/visit",
        [{"type": "report|webpage", "author": ["Ministry of Foreign Affairs, Government of Pakistan"],
          "title": "Visit of the Deputy Prime Minister to Kabul", "genre": "press release",
          "issued": "2025-4-19", "URL": "https://mofa.gov.pk/press-releases/visit"}],
    ),
    (
        "Mohammad Sadiq (@AmbassadorSadiq), “Had a productive meeting in Kabul today”, X, March 22, 2025, 4:15 p.m., <https://x.com/AmbassadorSadiq/status/19034>",
        [{"type": "post", "author": ["Mohammad Sadiq (@AmbassadorSadiq)"], "title": "Had a productive meeting in Kabul today",
          "container-title": "X", "issued": "2025-3-22", "URL": "https://x.com/AmbassadorSadiq/status/19034"}, ", 4:15 p.m."],
    ),
    (
        "Marvin G. Weinbaum and Jonathan B. Harder, “Pakistan’s Afghan Policies and Their Consequences”, in *Pakistan in Regional and Global Politics*, ed. Rajshree Jetly (New Delhi: Routledge, 2009), 87–112.",
        [{"type": "chapter", "author": ["Marvin G.|Weinbaum", "Jonathan B.|Harder"], "editor": ["Rajshree|Jetly"],
          "title": "Pakistan’s Afghan Policies and Their Consequences", "container-title": "Pakistan in Regional and Global Politics",
          "publisher-place": "New Delhi", "publisher": "Routledge", "issued": "2009", "page": "87–112"}, "."],
    ),
    (
        "Sana Malik, “Water Diplomacy in the Kabul River Basin” (PhD diss., Quaid-i-Azam University, 2019), 112.",
        [{"type": "thesis", "author": ["Sana|Malik"], "title": "Water Diplomacy in the Kabul River Basin", "genre": "PhD diss.",
          "publisher": "Quaid-i-Azam University", "issued": "2019", "locator": "112"}, "."],
    ),
    (
        "“About NATO–Afghanistan relations”, NATO, accessed May 2, 2024, <https://www.nato.int/cps/en/natohq/topics_8189.htm>.",
        [{"type": "webpage", "title": "About NATO–Afghanistan relations", "container-title": "NATO", "accessed": "2024-5-2",
          "URL": "https://www.nato.int/cps/en/natohq/topics_8189.htm"}, "."],
    ),
    (
        "<https://data.worldbank.org/country/afghanistan>",
        [{"type": "webpage", "URL": "https://data.worldbank.org/country/afghanistan"}],
    ),
    (
        "Tahir Khan, “Kabul talks end”, *Dawn*, April 2, 2025, <https://www.dawn.com/news/1901>; “Border trade resumes”, *The News International*, April 3, 2025, <https://www.thenews.com.pk/print/1298>",
        [{"type": NEWS, "author": ["Tahir|Khan"], "title": "Kabul talks end", "container-title": "Dawn",
          "issued": "2025-4-2", "URL": "https://www.dawn.com/news/1901"}, "; ",
         {"type": NEWS, "title": "Border trade resumes", "container-title": "The News International",
          "issued": "2025-4-3", "URL": "https://www.thenews.com.pk/print/1298"}],
    ),
    (
        "Ahmed Rashid, *Taliban* (New Haven: Yale University Press, 2000), 21; see also Steve Coll, *Ghost Wars* (New York: Penguin, 2004), 180–85.",
        [{"type": "book", "author": ["Ahmed|Rashid"], "title": "Taliban", "publisher-place": "New Haven",
          "publisher": "Yale University Press", "issued": "2000", "locator": "21"}, "; see also ",
         {"type": "book", "author": ["Steve|Coll"], "title": "Ghost Wars", "publisher-place": "New York",
          "publisher": "Penguin", "issued": "2004", "locator": "180–85"}, "."],
    ),
    (
        "See Vali Nasr, *The Shia Revival* (New York: W. W. Norton, 2006), p. 231.",
        ["See ", {"type": "book", "author": ["Vali|Nasr"], "title": "The Shia Revival", "publisher-place": "New York",
                  "publisher": "W. W. Norton", "issued": "2006", "locator": "p. 231"}, "."],
    ),
    (
        "Quoted in Elisabeth Leake, *Afghan Crucible* (Oxford: Oxford University Press, 2022), pp. 55–57.",
        ["Quoted in ", {"type": "book", "author": ["Elisabeth|Leake"], "title": "Afghan Crucible", "publisher-place": "Oxford",
                        "publisher": "Oxford University Press", "issued": "2022", "locator": "pp. 55–57"}, "."],
    ),
    ("Ibid., p. 4.", ["Ibid., p. 4."]),
    (
        "Author’s calculations based on customs data for 2019–2024; figures exclude informal trade.",
        ["Author’s calculations based on customs data for 2019–2024; figures exclude informal trade."],
    ),
    (
        "The term “strategic depth” was coined in the 1980s, and it has since been used in several senses. This paper uses it in the narrow one.",
        ["The term “strategic depth” was coined in the 1980s, and it has since been used in several senses. This paper uses it in the narrow one."],
    ),
    (
        "“Taliban bars women from NGOs”, BBC News, December 24, 2022, <https://www.bbc.com/news/world-asia-64086682>. The ban was extended to the UN in April 2023.",
        [{"type": NEWS, "title": "Taliban bars women from NGOs", "container-title": "BBC News", "issued": "2022-12-24",
          "URL": "https://www.bbc.com/news/world-asia-64086682"}, ". The ban was extended to the UN in April 2023."],
    ),
    (
        "Gilles Dorronsoro, « Le retour des talibans », *Le Monde diplomatique*, septembre 2021, p. 12, <https://www.monde-diplomatique.fr/2021/09/DORRONSORO/63456>",
        [{"type": NEWS, "author": ["Gilles|Dorronsoro"], "title": "Le retour des talibans", "container-title": "Le Monde diplomatique",
          "issued": "2021-9", "locator": "p. 12", "URL": "https://www.monde-diplomatique.fr/2021/09/DORRONSORO/63456"}],
    ),
    (
        "王毅，《中国与阿富汗关系》，《人民日报》，2023年5月8日，<http://world.people.com.cn/n1/2023/0508/c1002.html>。",
        [{"type": NEWS, "author": ["毅|王"], "title": "中国与阿富汗关系", "container-title": "人民日报", "issued": "2023-5-8",
          "URL": "http://world.people.com.cn/n1/2023/0508/c1002.html"}, "。"],
    ),
    (
        "طاہر خان، ”پاک افغان تعلقات میں پیش رفت“، روزنامہ جنگ، 24 مارچ 2025، <https://jang.com.pk/news/14521>",
        [{"type": NEWS, "author": ["طاہر|خان"], "title": "پاک افغان تعلقات میں پیش رفت", "container-title": "روزنامہ جنگ",
          "issued": "2025-3-24", "URL": "https://jang.com.pk/news/14521"}],
    ),
    (
        "عبد الباري عطوان، «بعد القاعدة: الجيل التالي»، القدس العربي، 12 أبريل 2013، <https://www.alquds.co.uk/x>",
        [{"type": NEWS, "author": ["عبد الباري|عطوان"], "title": "بعد القاعدة: الجيل التالي", "container-title": "القدس العربي",
          "issued": "2013-4-12", "URL": "https://www.alquds.co.uk/x"}],
    ),
    (
        "Kate Clark, “The Cost of Reopening”, Afghanistan Analysts Network, 12 March 2024, https://www.afghanistan-analysts.org/en/reports/x/",
        [{"type": "report", "author": ["Kate|Clark"], "title": "The Cost of Reopening", "publisher": "Afghanistan Analysts Network",
          "issued": "2024-3-12", "URL": "https://www.afghanistan-analysts.org/en/reports/x/"}],
    ),
    (
        'Husain Haqqani, Aparna Pande, and Anwar Iqbal, "Afghan Endgame," *The Diplomat*, July 9, 2021, https://thediplomat.com/2021/07/afghan-endgame/.',
        [{"type": NEWS, "author": ["Husain|Haqqani", "Aparna|Pande", "Anwar|Iqbal"], "title": "Afghan Endgame",
          "container-title": "The Diplomat", "issued": "2021-7-9", "URL": "https://thediplomat.com/2021/07/afghan-endgame/"}, "."],
    ),
    (
        "Andrew Watkins et al., “Afghanistan’s Taliban Three Years On”, United States Institute of Peace, August 14, 2024, <https://www.usip.org/publications/2024/08>",
        [{"type": "report", "author": ["Andrew|Watkins", "et al."], "title": "Afghanistan’s Taliban Three Years On",
          "publisher": "United States Institute of Peace", "issued": "2024-8-14", "URL": "https://www.usip.org/publications/2024/08"}],
    ),
    (
        "Narendra Modi, “Address to the Parliament of Afghanistan”, speech, Kabul, December 25, 2015, <https://www.mea.gov.in/speeches/26200>",
        [{"type": "speech", "author": ["Narendra|Modi"], "title": "Address to the Parliament of Afghanistan", "genre": "speech",
          "event-place": "Kabul", "issued": "2015-12-25", "URL": "https://www.mea.gov.in/speeches/26200"}],
    ),
    (
        "Elections Act, 2017, No. XXXIII of 2017 (Pakistan), section 215.",
        [{"type": "legislation", "title": "Elections Act, 2017", "number": "No. XXXIII of 2017 (Pakistan)", "locator": "section 215"}, "."],
    ),
    (
        "World Bank, *Afghanistan Development Update: Navigating Challenges* (Washington, DC: World Bank, 2024), 17, https://documents.worldbank.org/en/x",
        [{"type": "book|report", "author": ["World Bank"], "title": "Afghanistan Development Update: Navigating Challenges",
          "publisher-place": "Washington, DC", "publisher": "World Bank", "issued": "2024", "locator": "17",
          "URL": "https://documents.worldbank.org/en/x"}],
    ),
    (
        "UN General Assembly, “The situation in Afghanistan and its implications for international peace and security”, A/78/628–S/2023/941, December 1, 2023, para. 14.",
        [{"type": "report", "author": ["UN General Assembly"],
          "title": "The situation in Afghanistan and its implications for international peace and security",
          "number": "A/78/628–S/2023/941", "issued": "2023-12-1", "locator": "para. 14"}, "."],
    ),
    (
        "“Pakistan, Afghanistan agree ceasefire in Doha”, Reuters, October 19, 2025, https://www.reuters.com/world/asia-pacific/x-2025-10-19/",
        [{"type": NEWS, "title": "Pakistan, Afghanistan agree ceasefire in Doha", "container-title": "Reuters", "issued": "2025-10-19",
          "URL": "https://www.reuters.com/world/asia-pacific/x-2025-10-19/"}],
    ),
    (
        "UNHCR, “Operational Data Portal: Afghanistan Situation”, <https://data.unhcr.org/en/situations/afghanistan> (accessed 14 June 2024).",
        [{"type": "webpage", "author": ["UNHCR"], "title": "Operational Data Portal: Afghanistan Situation", "accessed": "2024-6-14",
          "URL": "https://data.unhcr.org/en/situations/afghanistan"}, "."],
    ),
    (
        "Willem van Schendel, *A History of Bangladesh* (Cambridge: Cambridge University Press, 2009).",
        [{"type": "book", "author": ["Willem|van Schendel"], "title": "A History of Bangladesh", "publisher-place": "Cambridge",
          "publisher": "Cambridge University Press", "issued": "2009"}, "."],
    ),
    (
        "S. M. Burke and Lawrence Ziring, *Pakistan’s Foreign Policy: An Historical Analysis*, 2nd ed. (Karachi: Oxford University Press, 1990), 203.",
        [{"type": "book", "author": ["S. M.|Burke", "Lawrence|Ziring"], "title": "Pakistan’s Foreign Policy: An Historical Analysis",
          "edition": "2", "publisher-place": "Karachi", "publisher": "Oxford University Press", "issued": "1990", "locator": "203"}, "."],
    ),
    (
        "Maleeha Lodhi, ed., *Pakistan: Beyond the Crisis State* (London: Hurst, 2011).",
        [{"type": "book", "editor": ["Maleeha|Lodhi"], "title": "Pakistan: Beyond the Crisis State", "publisher-place": "London",
          "publisher": "Hurst", "issued": "2011"}, "."],
    ),
    (
        "Zahid Hussain, “The Kabul conundrum”, *Dawn*, January 8, 2025.",
        [{"type": NEWS, "author": ["Zahid|Hussain"], "title": "The Kabul conundrum", "container-title": "Dawn", "issued": "2025-1-8"}, "."],
    ),
    (
        'Ismail Khan, "Peshawar blast kills 100", Dawn, January 31, 2023, p. 1',
        [{"type": NEWS, "author": ["Ismail|Khan"], "title": "Peshawar blast kills 100", "container-title": "Dawn",
          "issued": "2023-1-31", "locator": "p. 1"}],
    ),
    (
        "Dexter Filkins, “Last Exit from Afghanistan”, *The New Yorker*, March 8, 2021, 34–43.",
        [{"type": "article-newspaper|article-magazine", "author": ["Dexter|Filkins"], "title": "Last Exit from Afghanistan",
          "container-title": "The New Yorker", "issued": "2021-3-8", "page": "34–43"}, "."],
    ),
    (
        "William Byrd, “Afghanistan’s Economy”, Working Paper No. 14 (Kabul: AREU, 2023), 9.",
        [{"type": "report", "author": ["William|Byrd"], "title": "Afghanistan’s Economy", "genre": "Working Paper", "number": "No. 14",
          "publisher-place": "Kabul", "publisher": "AREU", "issued": "2023", "locator": "9"}, "."],
    ),
    (
        "For background see Antonio Giustozzi, *The Taliban at War, 2001–2018* (London: Hurst, 2019); for a contrary view, Thomas Barfield, *Afghanistan: A Cultural and Political History* (Princeton: Princeton University Press, 2010), 318.",
        ["For background see ", {"type": "book", "author": ["Antonio|Giustozzi"], "title": "The Taliban at War, 2001–2018",
                                 "publisher-place": "London", "publisher": "Hurst", "issued": "2019"},
         "; for a contrary view, ", {"type": "book", "author": ["Thomas|Barfield"], "title": "Afghanistan: A Cultural and Political History",
                                    "publisher-place": "Princeton", "publisher": "Princeton University Press", "issued": "2010", "locator": "318"}, "."],
    ),
    ("Rashid, *Taliban*, 44.", ["Rashid, *Taliban*, 44."]),
    ("Interview with a Taliban official, Kandahar, 2023.", ["Interview with a Taliban official, Kandahar, 2023."]),
    (
        "Giustozzi, Antonio. *The Taliban at War: 2001–2018*. London: Hurst, 2019.",
        [{"type": "book", "author": ["Antonio|Giustozzi"], "title": "The Taliban at War: 2001–2018", "publisher-place": "London",
          "publisher": "Hurst", "issued": "2019"}, "."],
    ),
    (
        'Yousaf, Kamran. "Envoy wraps up Kabul trip." Express Tribune, March 24, 2025. https://tribune.com.pk/story/2536087.',
        [{"type": NEWS, "author": ["Kamran|Yousaf"], "title": "Envoy wraps up Kabul trip", "container-title": "Express Tribune",
          "issued": "2025-3-24", "URL": "https://tribune.com.pk/story/2536087"}, "."],
    ),
    ("doi:10.1080/14799855.2020.1712345", [{"type": "article-journal|webpage|document", "DOI": "10.1080/14799855.2020.1712345"}]),
    (
        "Rubin, B. R. (2013). *Afghanistan from the Cold War through the War on Terror*. Oxford University Press.",
        [{"type": "book", "author": ["B. R.|Rubin"], "title": "Afghanistan from the Cold War through the War on Terror",
          "publisher": "Oxford University Press", "issued": "2013"}, "."],
    ),
    (
        "M. Ilyas Khan, “Pakistan’s ‘fear of India’”, BBC News, 5 Dec. 2014, www.bbc.com/news/world-asia-30330000.",
        [{"type": NEWS, "author": ["M. Ilyas|Khan"], "title": "Pakistan’s ‘fear of India’", "container-title": "BBC News",
          "issued": "2014-12-5", "URL": "www.bbc.com/news/world-asia-30330000"}, "."],
    ),
    (
        "“Press conference by DG ISPR”, YouTube, May 7, 2024, video, 1:02:15, https://www.youtube.com/watch?v=abc",
        [{"type": "webpage|post|broadcast|motion_picture", "title": "Press conference by DG ISPR", "container-title": "YouTube", "issued": "2024-5-7",
          "URL": "https://www.youtube.com/watch?v=abc", "genre": "video"}, ", 1:02:15"],
    ),
    (
        "The full list is available at <https://www.un.org/securitycouncil/sanctions/1988>.",
        ["The full list is available at <https://www.un.org/securitycouncil/sanctions/1988>."],
    ),
    (
        "Hamid Karzai, quoted in “Karzai warns Pakistan”, *The Guardian*, June 15, 2008, <https://www.theguardian.com/world/2008/jun/15/afghanistan.pakistan>.",
        ["Hamid Karzai, quoted in ", {"type": NEWS, "title": "Karzai warns Pakistan", "container-title": "The Guardian",
                                      "issued": "2008-6-15", "URL": "https://www.theguardian.com/world/2008/jun/15/afghanistan.pakistan"}, "."],
    ),
    (
        "Agreement for Bringing Peace to Afghanistan between the Islamic Emirate of Afghanistan and the United States of America, Doha, February 29, 2020, <https://www.state.gov/wp-content/uploads/2020/02/Agreement.pdf>.",
        [{"type": "treaty", "title": "Agreement for Bringing Peace to Afghanistan between the Islamic Emirate of Afghanistan and the United States of America",
          "event-place": "Doha", "issued": "2020-2-29", "URL": "https://www.state.gov/wp-content/uploads/2020/02/Agreement.pdf"}, "."],
    ),
    ("یہ اعداد و شمار مصنف کے اپنے ہیں۔", ["یہ اعداد و شمار مصنف کے اپنے ہیں۔"]),
    (
        "The Agreement was signed in Doha on February 29, 2020, and “conditions-based” withdrawal followed, see chapter 3, https://www.state.gov/x",
        ["The Agreement was signed in Doha on February 29, 2020, and “conditions-based” withdrawal followed, see chapter 3, https://www.state.gov/x"],
    ),
    (
        "Pew Research Center, “Views of China”, in *Spring 2023 Global Attitudes Survey*, July 2023; the margin of error is 3.2 points.",
        [{"type": "chapter|report", "author": ["Pew Research Center"], "title": "Views of China",
          "container-title": "Spring 2023 Global Attitudes Survey", "issued": "2023-7"}, "; the margin of error is 3.2 points."],
    ),
]  # fmt: skip
