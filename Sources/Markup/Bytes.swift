extension UInt8 {
    /// Space, tab, line feed, carriage return or form feed.
    @inlinable public var isMarkupSpace: Bool {
        self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C
    }

    /// A–Z or a–z.
    @inlinable public var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    /// 0–9.
    @inlinable public var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// A–Z as a–z, anything else as it is.
    @inlinable public var asciiLowered: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    /// Whether an element or attribute name may start so; bytes of other alphabets are taken.
    @inlinable public var startsName: Bool { isASCIILetter || self == 0x5F || self == 0x3A || self >= 0x80 }
}

extension [UInt8] {
    /// Appends a part of other bytes.
    @inlinable public mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        // The part is checked against the bounds, and copied at once.
        bytes.extracting(range).withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
