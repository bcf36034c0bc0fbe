import Foundation
import Testing

@testable import Alerting

@Suite(.timeLimit(.minutes(5))) struct StandardOutputSinkTests {
    /// Both ends of a pipe, closed with it.
    private final class Pipe: Sendable {
        let reading: Int32
        let writing: Int32

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            for end in ends { try #require(fcntl(end, F_SETFL, O_NONBLOCK) == 0) }
            (reading, writing) = (ends[0], ends[1])
        }

        deinit {
            close(reading)
            close(writing)
        }

        func text() -> String {
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(reading, &bytes, bytes.count)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
    }

    @Test func everyAlertIsPrintedAsALine() async throws {
        let pipe = try Pipe()
        let sink = StandardOutputSink(name: "screen", format: .text, descriptor: pipe.writing)
        let alerts = [try Samples.pending("dev_a"), try Samples.pending("dev_b")]
        #expect(await sink.deliver(alerts) == [.delivered, .delivered])
        let lines = pipe.text().split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3)
        #expect(lines[0].hasSuffix(" · dev_a high"))
        #expect(lines[1].hasSuffix(" · dev_b high"))
        #expect(lines[2].isEmpty)
    }

    @Test func fullDeviceIsARetry() async throws {
        let device = open("/dev/full", O_WRONLY)
        try #require(device >= 0)
        defer { close(device) }
        let sink = StandardOutputSink(name: "screen", format: .json, descriptor: device)
        #expect(
            await sink.deliver([try Samples.pending("dev_a")]) == [
                .retry(reason: "standard output: No space left on device", after: nil)
            ])
    }

    @Test func readerThatStallsDoesNotOutliveACancellation() async throws {
        let pipe = try Pipe()
        let filling = [UInt8](repeating: 0x78, count: 4096)
        while write(pipe.writing, filling, filling.count) > 0 {}
        let sink = StandardOutputSink(name: "screen", format: .json, descriptor: pipe.writing)
        let alert = try Samples.pending("dev_a")
        let delivery = Task { await sink.deliver([alert]) }
        delivery.cancel()
        #expect(await delivery.value == [.retry(reason: "standard output: cancelled", after: nil)])
    }
}
