import Feeds
import Glibc
import Markup

/// Times the stages of feed parsing apart, over whole documents in memory, in pieces as they come from the network.
/// One thread; `make bench` pins it to a core.
@main
struct FeedStages {
    static func main() {
        for path in CommandLine.arguments.dropFirst() {
            guard let bytes = read(path) else {
                print("\(path): cannot be read")
                exit(EX_IOERR)
            }
            measure(bytes, path)
        }
    }

    static func measure(_ bytes: [UInt8], _ path: String) {
        let pieces = stride(from: 0, to: bytes.count, by: pieceBytes).map {
            Array(bytes[$0..<min($0 + pieceBytes, bytes.count)])
        }
        print("\(path): \(bytes.count / 1_000_000) MB")
        report("memchr, whole document", bytes.count) { _ = count(of: 0, in: bytes) }
        report("memchr for each <", bytes.count) { _ = count(of: 0x3C, in: bytes) }
        report("tokens", bytes.count) { _ = tokens(bytes) }
        report("entries, fields complete", bytes.count) { _ = entries(pieces) { _ in 0 } }
        report("entries, strings made", bytes.count) {
            _ = entries(pieces) { $0.reduce(0) { $0 + ($1.title?.value.utf8.count ?? 0) } }
        }
    }

    /// What libcurl hands on at once.
    static let pieceBytes = 16 << 10

    /// Processor time, the best of ten rounds, so that what else the machine does counts least.
    static func report(_ stage: String, _ bytes: Int, _ round: () -> Void) {
        let best = (0..<10).map { _ in
            let start = processorSeconds()
            round()
            return processorSeconds() - start
        }.min()
        print("  \(stage): \(Int(Double(bytes) / (best ?? .infinity) / 1e6)) MB/s")
    }

    static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func count(of byte: UInt8, in bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { buffer in
            var count = 0
            var start = 0
            while start < buffer.count, let base = buffer.baseAddress,
                let found = memchr(base + start, Int32(byte), buffer.count - start)
            {
                count += 1
                start = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
            }
            return count
        }
    }

    static func tokens(_ bytes: [UInt8]) -> Int {
        var scanner = MarkupScanner(syntax: .xml)
        scanner.end()
        let span = bytes.span
        var count = 0
        while scanner.advance(in: span) { count += 1 }
        return count
    }

    /// Reads a document in pieces; `use` gets each batch and returns something that must be worked out.
    static func entries(_ pieces: [[UInt8]], _ use: (EntryBatch) -> Int) -> Int {
        var parser = FeedParser(limits: .ownFile)
        var total = 0
        for piece in pieces {
            let batch = parser.consume(piece)
            total += batch.count + use(batch)
        }
        return total + parser.finish().entries.count
    }

    static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        while true {
            let piece = [UInt8](unsafeUninitializedCapacity: pieceBytes) { buffer, count in
                count = max(0, Glibc.read(file, buffer.baseAddress, pieceBytes))
            }
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }
}
