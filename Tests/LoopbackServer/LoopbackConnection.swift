import Foundation

/// One connection, on its own thread.
struct LoopbackConnection {
    let core: ServerCore
    let descriptor: Int32
    let number: Int

    /// Answers request after request until either side has had enough.
    func serve() {
        var rest: [UInt8] = []
        while let request = read(&rest) {
            core.state.withLock { state in
                state.requests.append(request)
                state.answering += 1
                state.mostAtOnce = max(state.mostAtOnce, state.answering)
            }
            let goesOn = send(core.script(request), to: request)
            core.state.withLock { $0.answering -= 1 }
            if !goesOn || request["Connection"]?.lowercased() == "close" { return }
        }
    }

    // MARK: Reading

    private func read(_ rest: inout [UInt8]) -> LoopbackRequest? {
        let end = Array("\r\n\r\n".utf8)
        var searched = 0
        var head: Int?
        while head == nil {
            if rest.count >= end.count {
                let from = max(searched - end.count, 0)
                head = (from...(rest.count - end.count)).first {
                    rest[$0..<($0 + end.count)].elementsEqual(end)
                }
                searched = rest.count
            }
            if head == nil, !receive(&rest) { return nil }
        }
        guard let head else { return nil }
        let lines = String(decoding: rest[..<head], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count == 3 else { return nil }
        var request = LoopbackRequest(
            method: String(words[0]), target: String(words[1]), headers: [], body: [], connection: number,
            arrival: .now)
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            request.headers.append(
                (
                    String(line[..<colon]),
                    line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                ))
        }
        let length = request["Content-Length"].flatMap(Int.init) ?? 0
        rest.removeFirst(head + end.count)
        while rest.count < length { if !receive(&rest) { return nil } }
        request.body = Array(rest[..<length])
        rest.removeFirst(length)
        return request
    }

    private func receive(_ rest: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        rest += buffer[..<count]
        return true
    }

    // MARK: Sending

    /// True if the connection may carry another request.
    private func send(_ answer: LoopbackAnswer, to request: LoopbackRequest) -> Bool {
        let body = request.method == "HEAD" || answer.status == 304 ? [] : answer.body
        switch answer.behaviour {
        case .whole:
            return head(answer, body.count) && write(body)
        case .cut(let after):
            return head(answer, body.count) && write(Array(body.prefix(after))) && false
        case .stall(let after):
            _ = head(answer, body.count) && write(Array(body.prefix(after)))
            waitForPeer()
            return false
        case .drip(let bytes, let pause):
            return head(answer, body.count) && drip(body, bytes, pause)
        case .withheld(let gate):
            gate.wait { core.isStopped }
            return head(answer, body.count) && write(body)
        case .chunked(let size):
            return head(answer, nil) && chunks(body, size, .max) && write(Array("0\r\n\r\n".utf8))
        case .chunkedCut(let size, let count):
            return head(answer, nil) && chunks(body, size, count) && false
        case .wrongLength(let length):
            return head(answer, length) && write(body) && false
        case .untilClose:
            return head(answer, nil, framed: false) && write(body) && false
        case .padded(let count):
            return head(answer, body.count + count) && write(body) && zeros(count)
        case .raw(let bytes):
            return write(bytes) && false
        }
    }

    private func head(_ answer: LoopbackAnswer, _ length: Int?, framed: Bool = true) -> Bool {
        var text = "HTTP/1.1 \(answer.status) \(ReasonPhrase.reason(answer.status))\r\n"
        for (name, value) in answer.headers { text += "\(name): \(value)\r\n" }
        if let length { text += "Content-Length: \(length)\r\n" }
        if length == nil { text += framed ? "Transfer-Encoding: chunked\r\n" : "Connection: close\r\n" }
        return write(Array((text + "\r\n").utf8))
    }

    private func chunks(_ body: [UInt8], _ size: Int, _ most: Int) -> Bool {
        var sent = 0
        for start in stride(from: 0, to: body.count, by: size) where sent < most {
            let chunk = body[start..<min(start + size, body.count)]
            guard write(Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + [13, 10]) else {
                return false
            }
            sent += 1
        }
        return true
    }

    private func drip(_ body: [UInt8], _ size: Int, _ pause: Duration) -> Bool {
        let seconds = Double(pause.components.seconds) + Double(pause.components.attoseconds) * 1e-18
        for start in stride(from: 0, to: body.count, by: max(size, 1)) {
            guard !core.isStopped, write(Array(body[start..<min(start + max(size, 1), body.count)])) else {
                return false
            }
            Thread.sleep(forTimeInterval: seconds)
        }
        return true
    }

    private func zeros(_ count: Int) -> Bool {
        let block = [UInt8](repeating: 0, count: 64 << 10)
        var left = count
        while left > 0 {
            guard write(left >= block.count ? block : Array(block.prefix(left))) else { return false }
            left -= block.count
        }
        return true
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Foundation.send(
                    descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            offset += count
            core.state.withLock { $0.bytesSent += count }
        }
        return true
    }

    /// Until the peer closes or the server stops.
    private func waitForPeer() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }
}

/// Reason phrases, which nobody reads.
private enum ReasonPhrase {
    static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 304: "Not Modified"
        default: "Whatever"
        }
    }
}
