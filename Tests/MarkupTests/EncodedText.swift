import CPlatform
import Testing

/// Text in an encoding, by its name for iconv; fails where it has no place in it.
func encoded(_ text: String, _ encoding: String) throws -> [UInt8] {
    let handle = try #require(csystem_iconv_open(encoding, "UTF-8"))
    defer { csystem_iconv_close(handle) }
    let source = Array(text.utf8)
    var (used, code) = (0, Int32(0))
    let bytes = [UInt8](unsafeUninitializedCapacity: source.count * 4 + 16) { buffer, count in
        source.withUnsafeBufferPointer { source in
            code = csystem_iconv(
                handle, source.baseAddress, source.count, &used, buffer.baseAddress, buffer.count, &count)
        }
    }
    try #require(code == 0 && used == source.count, "\(encoding) cannot hold \(text)")
    return bytes
}
