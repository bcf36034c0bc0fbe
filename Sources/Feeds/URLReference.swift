import Markup

/// Resolves references against a base by RFC 3986, section 5.2, without changing anything else in them.
enum URLReference {
    private struct Parts {
        var scheme: Substring?
        var authority: Substring?
        var path: Substring
        /// Query and fragment with their marks.
        var query: Substring?
        var fragment: Substring?

        init(_ text: String) {
            var rest = text[...]
            if let colon = rest.utf8.firstIndex(of: 0x3A), Parts.isScheme(rest[..<colon]) {
                scheme = rest[..<colon]
                rest = rest[rest.utf8.index(after: colon)...]
            }
            if let hash = rest.utf8.firstIndex(of: 0x23) {
                fragment = rest[hash...]
                rest = rest[..<hash]
            }
            if let mark = rest.utf8.firstIndex(of: 0x3F) {
                query = rest[mark...]
                rest = rest[..<mark]
            }
            if rest.utf8.starts(with: "//".utf8) {
                rest = rest.dropFirst(2)
                let end = rest.utf8.firstIndex(of: 0x2F) ?? rest.endIndex
                authority = rest[..<end]
                rest = rest[end...]
            }
            path = rest
        }

        private static func isScheme(_ text: Substring) -> Bool {
            guard let first = text.utf8.first, first.isASCIILetter else { return false }
            return text.utf8.allSatisfy(URLReference.isSchemeByte)
        }
    }

    /// Whether the text starts with a scheme.
    static func isAbsolute(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty, text[0].isASCIILetter else { return false }
        var index = 1
        while index < text.count, isSchemeByte(text[index]) { index += 1 }
        return index < text.count && text[index] == 0x3A
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2B || byte == 0x2D || byte == 0x2E
    }

    /// `reference` made absolute; as it is when it already is, or when the base is not.
    static func resolve(_ reference: String, against base: String?) -> String {
        guard let base, !base.isEmpty else { return reference }
        let target = Parts(reference)
        guard target.scheme == nil else { return reference }
        let from = Parts(base)
        guard let scheme = from.scheme else { return reference }
        var result = String(scheme) + ":"
        if let authority = target.authority {
            result += "//" + authority + removingDots(String(target.path))
            result += (target.query ?? "") + (target.fragment ?? "")
            return result
        }
        if let authority = from.authority { result += "//" + authority }
        if target.path.isEmpty {
            result += String(from.path) + (target.query ?? from.query ?? "")
        } else if target.path.utf8.first == 0x2F {
            result += removingDots(String(target.path)) + (target.query ?? "")
        } else {
            var directory = from.path.utf8.lastIndex(of: 0x2F).map { String(from.path[...$0]) } ?? ""
            if directory.isEmpty, from.authority != nil { directory = "/" }
            result += removingDots(directory + target.path) + (target.query ?? "")
        }
        return result + (target.fragment ?? "")
    }

    private static func removingDots(_ path: String) -> String {
        guard path.utf8.contains(0x2E) else { return path }
        var output: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { output.append("") }
            case "..":
                if output.count > 1 || (output.count == 1 && output[0] != "") { output.removeLast() }
                if isLast { output.append("") }
            default: output.append(segment)
            }
        }
        return output.joined(separator: "/")
    }
}
