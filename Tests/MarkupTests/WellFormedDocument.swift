/// A well-formed XML document that looks random and is the same in every run.
struct WellFormedDocument {
    private var state: UInt64
    private(set) var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

    /// The document of a number.
    static func text(seed: UInt64) -> String {
        var document = WellFormedDocument(state: seed)
        document.writeDoctype()
        document.writeElement(depth: 0)
        document.text += "<!-- the end -->\n"
        return document.text
    }

    private init(state: UInt64) { self.state = state }

    /// SplitMix64.
    private mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(bound))
    }

    private mutating func one(of choices: [String]) -> String { choices[below(choices.count)] }

    private mutating func writeDoctype() {
        guard below(2) == 0 else { return }
        text +=
            "<!DOCTYPE root [<!-- ' --><!ENTITY own \"o &lt; w&#x6E;\">\n<!ENTITY two 'x &own;, &own;'>]>\n"
        entities = ["&own;", "&two;"]
    }

    /// Used in values only: Foundation's parser drops what libxml2 makes of them in text.
    private var entities: [String] = []

    private mutating func writeElement(depth: Int) {
        let name = one(of: ["item", "a", "x:y", "_n", "Größe", "d.e-f2", "ITEM"])
        text += "<\(name)" + (depth == 0 ? " xmlns:x='urn:x'" : "")
        for number in 0..<below(4) {
            let quote = one(of: ["\"", "'"])
            let other = quote == "'" ? "\"" : "'"
            text += one(of: [" ", "\n", " \t"])
            text += "k\(number)" + one(of: ["=", " = ", "= "]) + quote
            for _ in 0..<below(4) {
                text += one(
                    of: [
                        "v", other, ">", "&lt;", "&amp;", "&quot;", "&apos;", "&#9;", "é", " ", "=", "/", "",
                    ] + entities)
            }
            text += quote
        }
        text += one(of: ["", " ", "\n"])
        if below(5) == 0 {
            text += "/>"
            return
        }
        text += ">"
        for _ in 0..<below(depth == 0 ? 20 : 6) { writeContent(depth: depth) }
        text += "</\(name)" + one(of: ["", " ", "\n"]) + ">"
    }

    private mutating func writeContent(depth: Int) {
        switch below(8) {
        case 0, 1: if depth < 12 { writeElement(depth: depth + 1) }
        case 2: text += one(of: ["<![CDATA[]]>", "<![CDATA[<b>&amp; ]] ]>]]>", "<![CDATA[新聞]]>"])
        case 3: text += one(of: ["<!---->", "<!-- <a> & - -->", "<?p i > ?>", "<?q r?>"])
        case 4:
            text += one(
                of: ["&lt;", "&gt;", "&amp;", "&apos;", "&quot;", "&#65;", "&#x1F600;", "&#xe9;"])
        default: text += one(of: ["text", " ", "\n\t", "a > b", "]]", "é 新聞 😀", "\"'", "--", "x=y"])
        }
    }
}
