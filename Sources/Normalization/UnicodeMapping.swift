import CUnicode

/// ICU's text mappings over Swift strings.
enum UnicodeMapping: Int32 {
    case nfc, nfd, nfkc, nfkcCasefold, casefold, lower, upper, skeleton

    /// The mapped text; the text itself should ICU fail (it does so only without its data).
    func callAsFunction(_ text: String) -> String {
        let source = Array(text.utf16)
        return String(decoding: callAsFunction(source), as: UTF16.self)
    }

    func callAsFunction(_ source: [UInt16]) -> [UInt16] {
        // ICU counts in 32 bits, and the longest expansion (U+FDFA under NFKC) is eighteenfold.
        guard !source.isEmpty, source.count < Int(Int32.max) / 32 else { return source }
        var capacity = source.count + source.count / 2 + 32
        while true {
            var needed: Int32 = 0
            let target = [UInt16](unsafeUninitializedCapacity: capacity) { target, written in
                needed = cunicode_map(
                    rawValue, source, Int32(source.count), target.baseAddress, Int32(capacity))
                written = max(0, min(Int(needed), capacity))
            }
            if needed < 0 { return source }
            if Int(needed) <= capacity { return target }
            capacity = Int(needed)
        }
    }

    /// The mapping of one scalar.
    func callAsFunction(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        Array(String(decoding: callAsFunction(Array(scalar.utf16)), as: UTF16.self).unicodeScalars)
    }
}
