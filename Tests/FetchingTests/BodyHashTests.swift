import Fetching
import Testing

@Suite struct BodyHashTests {
    func hash(_ chunks: [UInt8]...) -> UInt64 {
        var hash = BodyHash()
        for chunk in chunks { hash.update(chunk) }
        return hash.value
    }

    @Test func chunksDoNotMatter() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 31) }
        let whole = hash(bytes)
        for cut in [0, 1, 7, 8, 9, 500, 999, 1000] {
            #expect(hash(Array(bytes[..<cut]), Array(bytes[cut...])) == whole)
        }
        var single = BodyHash()
        for byte in bytes { single.update([byte]) }
        #expect(single.value == whole)
    }

    @Test func everyByteAndTheLengthMatter() {
        let bytes = [UInt8](repeating: 0, count: 64)
        var seen: Set<UInt64> = [hash(bytes)]
        for index in bytes.indices {
            var other = bytes
            other[index] = 1
            #expect(seen.insert(hash(other)).inserted)
        }
        for count in 0..<64 { #expect(seen.insert(hash(Array(bytes[..<count]))).inserted) }
    }

    @Test func valueIsTheSameInEveryProcess() {
        #expect(hash([]) == BodyHash().value)
        #expect(hash(Array("newswatch".utf8)) == 4_615_473_766_549_761_233)
    }
}
