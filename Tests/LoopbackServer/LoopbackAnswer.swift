/// What to send.
package struct LoopbackAnswer: Sendable {
    /// How to send it.
    package enum Behaviour: Sendable {
        /// As it should be.
        case whole
        /// Promises the whole body, closes after `after` bytes of it.
        case cut(after: Int)
        /// Sends `after` bytes of the body, then nothing more, with the connection open.
        case stall(after: Int)
        /// Sends `bytes` at a time, with a pause between.
        case drip(bytes: Int, every: Duration)
        /// Sends nothing before the gate is opened.
        case withheld(LoopbackGate)
        /// Sends in chunks of `size` bytes (`Transfer-Encoding: chunked`).
        case chunked(size: Int)
        /// Sends `chunks` chunks of `size` bytes, then closes without the last chunk.
        case chunkedCut(size: Int, chunks: Int)
        /// Promises `length` bytes, sends the body as it is, and closes.
        case wrongLength(Int)
        /// Promises nothing: the end of the connection is the end of the body.
        case untilClose
        /// Sends `count` zero bytes after the body, made as they are sent.
        case padded(count: Int)
        /// Sends these bytes instead of everything else, and closes.
        case raw([UInt8])
    }

    /// The status.
    package var status: Int
    /// Fields beside Content-Length and Transfer-Encoding.
    package var headers: [(String, String)]
    /// The body.
    package var body: [UInt8]
    /// How to send it.
    package var behaviour: Behaviour

    /// An answer; `200` without fields and body, as it should be, unless told otherwise.
    package init(
        status: Int = 200, headers: [(String, String)] = [], body: [UInt8] = [], behaviour: Behaviour = .whole
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.behaviour = behaviour
    }

    /// An answer with a text.
    package init(
        status: Int = 200, headers: [(String, String)] = [], text: String, behaviour: Behaviour = .whole
    ) {
        self.init(status: status, headers: headers, body: Array(text.utf8), behaviour: behaviour)
    }

    /// A redirect.
    package static func redirect(_ status: Int, to location: String) -> LoopbackAnswer {
        LoopbackAnswer(status: status, headers: [("Location", location)])
    }
}
