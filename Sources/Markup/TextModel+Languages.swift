/// The encodings that are told from their bytes, with the letters of their languages, commonest first.
///
/// The orders are general knowledge of each language, as its dictionaries and keyboards are made by. Places in them
/// are rough; a letter's place moved by ten changes what it costs by a bit or two.
extension TextModel {
    /// What undeclared bytes are unless they tell otherwise: Latin letters of Western Europe.
    static let windows1252 = TextModel(
        "windows-1252", .latin, groups: [Group(characters: "éäöüàóáíèßåçñãøêúæôõâîœëûïìòùýðþÿšž", share: 1)])

    /// All others. Those of one byte whose pages nearly always say what they are cost more.
    static let others: [TextModel] = [
        TextModel("windows-1251", .alphabet, groups: [Group(characters: cyrillic, share: 1)]),
        TextModel("koi8-u", .alphabet, prior: 8, groups: [Group(characters: cyrillic, share: 1)]),
        TextModel(
            "windows-1253", .alphabet, prior: 8,
            groups: [Group(characters: "αοιετσνηυρπκμλςάωίόέθδγχέβφύήώξζψϊϋΐΰ", share: 1)]),
        TextModel(
            "windows-1255", .alphabet, prior: 4,
            groups: [Group(characters: "יוהלאברתשמםנדקעפחכטגצסזןךףץ", share: 1)]),
        TextModel(
            "windows-1256", .alphabet, prior: 8,
            groups: [Group(characters: "اليمنروتبةعدسفهكقحجشطصخذثضغزظئءأإآىؤپچگژ،؟", share: 1)]),
        TextModel(
            "windows-874", .alphabet, prior: 8,
            groups: [
                Group(
                    characters: "ารนอก่เงม้ยลวดัทสิีตะปบคหแ์จุูพื็ชขใไโซผึธถศณษๆภญำฟฉฐฮฎฬฏฆฤฌฑ๊ฝฒ๋ฯ",
                    share: 1)
            ]),
        TextModel(
            "GB18030", .eastAsian,
            groups: [
                Group(characters: simplified, share: 0.5),
                Group(characters: "，。、“”：《》（）？！；‘’…—·", share: 0.1),
            ],
            areas: [
                Area(encoding: "GB18030", leads: 0xB0...0xD7, bits: 13),
                Area(encoding: "GB18030", leads: 0xD8...0xF7, bits: 18),
                Area(encoding: "GB18030", leads: 0xA3...0xA3, bits: 13),
            ]),
        TextModel(
            "Big5", .eastAsian,
            groups: [
                Group(characters: traditional, share: 0.5),
                Group(characters: "，。、「」：《》（）？！；『』…—．", share: 0.1),
            ],
            areas: [
                Area(encoding: "Big5", leads: 0xA4...0xC6, trails: big5Trails, bits: 13),
                Area(encoding: "Big5", leads: 0xC9...0xF9, trails: big5Trails, bits: 18),
                Area(encoding: "Big5", leads: 0xA2...0xA2, trails: big5Trails, bits: 14),
            ]),
        TextModel("Shift_JIS", .eastAsian, groups: japanese, areas: japaneseAreas),
        TextModel("EUC-JP", .eastAsian, groups: japanese, areas: japaneseAreas),
        TextModel(
            "EUC-KR", .eastAsian,
            groups: [Group(characters: korean, share: 0.75), Group(characters: "“”‘’·…―「」", share: 0.02)],
            areas: [
                Area(encoding: "EUC-KR", leads: 0xB0...0xC8, bits: 12.5),
                Area(encoding: "EUC-KR", leads: 0xCA...0xFD, bits: 18),
            ]),
    ].compactMap(\.self)

    private static let big5Trails: [ClosedRange<UInt8>] = [0x40...0x7E, 0xA1...0xFE]

    /// Russian's order, then what Ukrainian, Belarusian, Bulgarian, Serbian and Macedonian have beside.
    private static let cyrillic = "оеаинтсрвлкмдпуяыьгзбчйхіжшюцщэїєфъёўјґљњћђџѕќѓ"

    private static let simplified = """
        的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经\
        十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形\
        相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展\
        五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战\
        先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白\
        教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且\
        究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值\
        号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严
        """

    private static let traditional = """
        的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經\
        十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形\
        相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展\
        五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被幹做必戰\
        先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白\
        教速花帶安場身車例真務具萬每目至達走積示議聲報鬥完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且\
        究觀越織裝影算低持音眾書布復容兒須際商非驗連斷深難近礦千週委素技備半辦青省列習響約支般史感勞便團往酸歷市克何除消構府稱太準精值\
        號率族維劃選標寫存候毛親快效斯院查江型眼王按格養易置派層片始卻專狀育廠京識適屬圓包火住調滿縣局照參紅細引聽該鐵價嚴
        """

    private static let japanese = [
        Group(
            characters: "のにはたをがでてとしれさいなるかもらこりすっだまくあきけよつえうせどわやそおめろみちばじべげほぶひびむごねぎふぼずへゆぐぞざょゃゅぬぜぱぽぴぷぺ",
            share: 0.47),
        Group(
            characters: "ーンスルトイアリラクシレドジタプッロマフカコニテメサバデウオグムキチパナビエボブネポダハモツケィミノベガソャュワズョヤセペピゴホヨユヒザェゲァヘギゼォヌヴゾヂヅヲゥ",
            share: 0.12),
        Group(
            characters: """
                日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学\
                問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機\
                平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文\
                反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両朝革価式確村\
                提運終挙果西勢減台広容必応演電歳住争談能無再位置企真流格有疑口過局少放税検
                """, share: 0.22),
        Group(characters: "、。「」・（）『』！？…：％", share: 0.09),
    ]

    /// The first and the second level of JIS X 0208, and its full-width letters and digits.
    private static let japaneseAreas = [
        Area(encoding: "EUC-JP", leads: 0xB0...0xCF, bits: 13.5),
        Area(encoding: "EUC-JP", leads: 0xD0...0xF4, bits: 19),
        Area(encoding: "EUC-JP", leads: 0xA3...0xA3, bits: 12),
    ]

    private static let korean = """
        이다의는에을가고하지로사은기한를어아대인서정도시자리수있그부나제해일전상보만들것으스조장안주구경라우면게연원과비국성여화동공적회신\
        년관유야데용선오소되미문체분영물개실치생방중거무진학내교식간당발모계등명세위바요양산현행었습니까와않없말던때람드러며려터같린른트르\
        단설불재심월세금감민호강반후번통합업질타투재외결표북남입초추종집최직차청출파편평포할했될된될예역급배법본복받밝마매먼목살새저절점\
        쪽천크또려렸렇루운울워음임준증처친코토피필함향허형호확활환황획
        """
}
