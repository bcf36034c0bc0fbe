internal import CCurl
import Glibc
import Synchronization

/// One transfer. Sendable is unchecked because everything that is not a `let` or an atomic is touched by the
/// network thread alone, from its start until its end; the queue has its own lock.
final class TransferJob: @unchecked Sendable {
    let request: HTTPRequest
    let url: WebURL
    let addresses: AddressGuard
    let isStreaming: Bool
    let queue = TransferQueue()
    let isCancelled = Atomic<Bool>(false)

    /// Why our callbacks ended the transfer, before libcurl's own reasons.
    private(set) var failure: TransferError?
    private(set) var isPaused = false

    private var easy: UnsafeMutableRawPointer?
    private var fields: UnsafeMutablePointer<curl_slist>?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var response: HTTPResponse
    private var hasHead = false
    private var endedWithHead = false
    private var headerBytes = 0
    private var pending: [UInt8] = []
    private var refused: String?
    private var socketsOpened = 0
    private var gzipEnd: GzipEnd?

    init(_ request: HTTPRequest, isStreaming: Bool) throws(TransferError) {
        let url = try WebURL(request.url)
        self.request = request
        self.url = url
        self.isStreaming = isStreaming
        response = HTTPResponse(status: 0, headers: HTTPHeaders(), effectiveURL: url.publicText)
        var networks: [Network] = []
        for text in request.allowNetworks {
            guard let network = Network(text) else {
                throw TransferError(.invalidRequest, url.publicText, "\"\(text)\" is not a network")
            }
            networks.append(network)
        }
        addresses = AddressGuard(allowPrivate: request.allowPrivate, allowed: networks)
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try checkRequest()
    }

    deinit {
        curl_slist_free_all(fields)
        errorText.deallocate()
    }

    private func checkRequest() throws(TransferError) {
        let isToken = { (text: String) in
            !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
        }
        guard isToken(request.method) else {
            throw TransferError(.invalidRequest, url.publicText, "\"\(request.method)\" is not a method")
        }
        for (name, value) in request.headers {
            guard isToken(name), !value.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) else {
                throw TransferError(.invalidRequest, url.publicText, "the header \"\(name)\" cannot be sent")
            }
        }
        // Behind a proxy only the proxy connects, so a literal address is all that can be checked.
        if request.proxy != nil, let literal = IPAddress(url.host), let kind = addresses.refusal(of: literal)
        {
            throw TransferError(
                .addressRefused, url.publicText, "\(literal) is \(kind), which may not be asked")
        }
    }

    // MARK: Setting up

    /// Makes `easy` ready for the multi handle; nil, or what it refuses.
    func configure(_ easy: UnsafeMutableRawPointer) -> TransferError? {
        self.easy = easy
        let context = Unmanaged.passUnretained(self).toOpaque()
        var codes = [
            ccurl_set_pointer(easy, CURLOPT_PRIVATE, context),
            ccurl_set_text(easy, CURLOPT_URL, url.text),
            ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https"),
            ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1),
            // A name server that never answers must not hold up the thread until its resolver gives up.
            ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1),
            // HTTP/2 gives nothing to one request per host, and buffers 32 MiB for a transfer that pauses.
            ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            ccurl_set_text(easy, CURLOPT_ACCEPT_ENCODING, ""),
            ccurl_set_long(easy, CURLOPT_BUFFERSIZE, TransferQueue.maxChunkBytes),
            ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText)),
            ccurl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, transferReceivesBody),
            ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context),
            ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, transferReceivesHeader),
            ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context),
            ccurl_set_socket_callback(easy, transferOpensSocket),
            ccurl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context),
            ccurl_set_debug_callback(easy, transferSeesTraffic),
            ccurl_set_pointer(easy, CURLOPT_DEBUGDATA, context),
        ]
        codes += configureLimits(easy) + configureRoute(easy) + configureMessage(easy)
        guard let wrong = codes.first(where: { $0 != CURLE_OK }) else { return nil }
        return TransferError(
            .invalidRequest, url.publicText,
            "libcurl refuses an option (\(String(cString: curl_easy_strerror(wrong))))")
    }

    private func configureLimits(_ easy: UnsafeMutableRawPointer) -> [CURLcode] {
        let limits = request.limits
        return [
            ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(limits.connect)),
            ccurl_set_long(
                easy, CURLOPT_TIMEOUT_MS, limits.isEndless ? 0 : Self.milliseconds(limits.total)),
            ccurl_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, max(limits.stallBytesPerSecond, 0)),
            ccurl_set_long(easy, CURLOPT_LOW_SPEED_TIME, max(Self.milliseconds(limits.stallTime) / 1000, 1)),
        ]
    }

    private func configureRoute(_ easy: UnsafeMutableRawPointer) -> [CURLcode] {
        // A kept connection has passed its guard long ago: only those that every guard would let pass are kept.
        let keeps = request.keepsConnection && !request.allowPrivate && request.allowNetworks.isEmpty
        var codes = [
            ccurl_set_text(easy, CURLOPT_PROXY, request.proxy ?? ""),
            ccurl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            // Each lookup walks the whole cache to prune it: with thousands of hosts that costs more than DNS.
            ccurl_set_long(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0),
            ccurl_set_long(easy, CURLOPT_FORBID_REUSE, keeps ? 0 : 1),
            ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, keeps ? 0 : 1),
        ]
        if let path = request.unixSocket {
            codes.append(ccurl_set_text(easy, CURLOPT_UNIX_SOCKET_PATH, path))
        }
        if let file = request.certificateAuthority {
            codes.append(ccurl_set_text(easy, CURLOPT_CAINFO, file))
        }
        if let file = request.clientCertificate { codes.append(ccurl_set_text(easy, CURLOPT_SSLCERT, file)) }
        return codes
    }

    private func configureMessage(_ easy: UnsafeMutableRawPointer) -> [CURLcode] {
        var codes: [CURLcode] = []
        if let body = request.body {
            codes.append(ccurl_set_long(easy, CURLOPT_POST, 1))
            codes.append(ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            codes.append(
                body.withUnsafeBytes { bytes in
                    // libcurl takes a null pointer for "read from a callback", not for "nothing".
                    guard let first = bytes.baseAddress else {
                        return ccurl_set_text(easy, CURLOPT_COPYPOSTFIELDS, "")
                    }
                    return ccurl_set_pointer(
                        easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: first))
                })
            if request.method != "POST" {
                codes.append(ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method))
            }
        } else if request.method == "HEAD" {
            codes.append(ccurl_set_long(easy, CURLOPT_NOBODY, 1))
        } else if request.method != "GET" {
            codes.append(ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method))
        }
        var lines = request.headers.map { name, value in
            // libcurl reads "Name:" as "do not send it" and "Name;" as "send it empty".
            Latin1.bytes(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        if request.body != nil { lines.append(Array("Expect:".utf8)) }
        for line in lines {
            let text = line.map { CChar(bitPattern: $0) } + [0]
            guard let longer = curl_slist_append(fields, text) else { return codes + [CURLE_OUT_OF_MEMORY] }
            fields = longer
        }
        codes.append(ccurl_set_list(easy, CURLOPT_HTTPHEADER, fields))
        return codes
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        // libcurl takes 0 for "no limit"; and a day is enough for anybody.
        return Int(min(max(seconds, 0), 86_400)) * 1000
            + max(Int(attoseconds / 1_000_000_000_000_000), seconds > 0 ? 0 : 1)
    }

    // MARK: What libcurl calls, on the network thread

    /// A line of the head or of the trailers; false to end the transfer.
    func receive(header line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= request.limits.maxHeaderBytes else {
            failure = TransferError(
                .headersTooLarge, url.publicText, "the headers exceed \(request.limits.maxHeaderBytes) bytes")
            return false
        }
        if hasHead { return true }
        let text = line.prefix { $0 != 0x0D && $0 != 0x0A }
        if text.starts(with: Array("HTTP/".utf8)) {
            response.headers = HTTPHeaders()
            let digits = text.drop { $0 != 0x20 }.dropFirst().prefix { (0x30...0x39).contains($0) }.prefix(3)
            response.status = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        } else if text.isEmpty {
            return response.status < 200 || receiveHead()
        } else if text.first == 0x20 || text.first == 0x09 {
            response.headers.continueLast(Latin1.text(Self.trim(text)))
        } else if let colon = text.firstIndex(of: 0x3A) {
            response.headers.append(
                Latin1.text(text[..<colon]), Latin1.text(Self.trim(text[text.index(after: colon)...])))
        }
        return true
    }

    private func receiveHead() -> Bool {
        hasHead = true
        let hasNoBody = response.status == 204 || response.status == 304
        if let wanted = request.wantedStatuses, !wanted.contains(response.status), !hasNoBody {
            endedWithHead = true
            return false
        }
        if let easy, GzipEnd.canTell(response.headers) {
            gzipEnd = GzipEnd()
            _ = ccurl_set_long(easy, CURLOPT_VERBOSE, 1)
        }
        if isStreaming { queue.put(head: response) }
        return true
    }

    private static func trim(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return bytes
    }

    /// Decoded bytes of the body; false to end the transfer.
    func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= request.limits.maxBodyBytes - response.bodyBytes else {
            failure = TransferError(
                .bodyTooLarge, url.publicText, "the body exceeds \(request.limits.maxBodyBytes) bytes")
            return false
        }
        response.bodyBytes += bytes.count
        if isStreaming { pending.append(contentsOf: bytes) } else { response.body.append(contentsOf: bytes) }
        return true
    }

    /// Bytes as they came over the wire, before decoding; only of bodies that ``GzipEnd`` can tell about.
    func see(raw bytes: UnsafeRawBufferPointer) {
        gzipEnd?.see(bytes)
    }

    /// A socket for an address that may be asked, or -1.
    func openSocket(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        let family = address.pointee.family
        if request.unixSocket == nil, request.proxy == nil {
            guard let peer = Self.peer(address) else {
                refused = "an address of an unknown kind"
                return -1
            }
            if let kind = addresses.refusal(of: peer) {
                refused = "\(peer) is \(kind)"
                return -1
            }
        }
        socketsOpened += 1
        return socket(
            family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.`protocol`)
    }

    private static func peer(_ address: UnsafePointer<curl_sockaddr>) -> IPAddress? {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        let raw = UnsafeRawPointer(address) + offset
        switch address.pointee.family {
        case AF_INET:
            let four = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            return IPAddress(bytes: withUnsafeBytes(of: four) { Array($0) })
        case AF_INET6:
            let six = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return IPAddress(bytes: withUnsafeBytes(of: six) { Array($0) })
        default:
            return nil
        }
    }

    // MARK: Handing on, on the network thread

    var hasPending: Bool { !pending.isEmpty }

    /// Hands on what fits into the queue, and pauses the transfer while a whole chunk does not.
    func handOn() {
        var offset = 0
        while offset < pending.count {
            let chunk = Array(pending[offset..<min(offset + TransferQueue.maxChunkBytes, pending.count)])
            guard queue.put(chunk: chunk) else { break }
            offset += chunk.count
        }
        if offset == pending.count {
            pending.removeAll(keepingCapacity: true)
        } else {
            pending.removeFirst(offset)
        }
        guard let easy else { return }
        if !isPaused, pending.count >= TransferQueue.maxChunkBytes {
            isPaused = true
            _ = curl_easy_pause(easy, CURLPAUSE_RECV)
        }
    }

    /// After the queue has room again: hands on more; true if the transfer goes on then.
    func resume() -> Bool {
        handOn()
        guard isPaused, pending.count < TransferQueue.maxChunkBytes else { return false }
        isPaused = false
        return true
    }

    /// Ends the transfer for its consumer. `code` is libcurl's verdict; nil when it was never asked.
    func finish(_ code: CURLcode?, _ reason: TransferError? = nil) {
        let result = result(code, reason)
        let isWanted = reason?.code != .cancelled && reason?.code != .shutDown
        var offset = 0
        while isWanted, offset < pending.count {
            let end = min(offset + TransferQueue.maxChunkBytes, pending.count)
            _ = queue.put(chunk: Array(pending[offset..<end]), evenIfFull: true)
            offset = end
        }
        pending = []
        queue.end(result, droppingChunks: !isWanted)
        easy = nil
    }

    private func result(_ code: CURLcode?, _ reason: TransferError?) -> Result<HTTPResponse, TransferError> {
        if let reason { return .failure(reason) }
        if endedWithHead { return .success(response) }
        let error = failure ?? error(code ?? CURLE_FAILED_INIT) ?? gzipFailure
        guard let error else { return .success(response) }
        guard hasHead else { return .failure(error) }
        response.isComplete = false
        response.failure = error
        return .success(response)
    }

    private var gzipFailure: TransferError? {
        guard let gzipEnd, !gzipEnd.fits(decodedBytes: response.bodyBytes) else { return nil }
        return TransferError(.cut, url.publicText, "the compressed body ends before its end")
    }

    private func error(_ code: CURLcode) -> TransferError? {
        if code == CURLE_OK { return nil }
        if let refused, socketsOpened == 0, !hasHead {
            return TransferError(.addressRefused, url.publicText, "\(refused), which may not be asked")
        }
        let limits = request.limits
        let (kind, sentence): (TransferError.Code, String) =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
                (.resolve, "its host cannot be found")
            case CURLE_COULDNT_CONNECT: (.connect, "no connection")
            case CURLE_OPERATION_TIMEDOUT:
                detail.contains("too slow")
                    ? (
                        .stalled,
                        "fewer than \(limits.stallBytesPerSecond) bytes a second for \(limits.stallTime)"
                    )
                    : (.timeout, "no whole answer in time")
            case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2_STREAM:
                (.cut, hasHead ? "the answer ends before its end" : "no answer")
            case CURLE_BAD_CONTENT_ENCODING, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL,
                CURLE_WRITE_ERROR:
                (.malformed, "what it sends cannot be read")
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
                (.tls, "no trusted connection")
            case CURLE_URL_MALFORMAT: (.invalidURL, "not a URL")
            default: (.other, "the transfer failed")
            }
        let more = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        return TransferError(kind, url.publicText, "\(sentence) (\(more))")
    }

    /// libcurl's own words, on one line.
    private var detail: String {
        errorText[Int(CURL_ERROR_SIZE) - 1] = 0
        return String(cString: errorText).split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

// File-scope functions, because libcurl calls them on a thread without an executor.

private func job(_ context: UnsafeMutableRawPointer?) -> TransferJob? {
    context.map { Unmanaged<TransferJob>.fromOpaque($0).takeUnretainedValue() }
}

private func transferReceivesBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return job(context)?.receive(body: buffer) == true ? buffer.count : -1
}

private func transferReceivesHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return job(context)?.receive(header: buffer) == true ? buffer.count : -1
}

private func transferOpensSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let job = job(context), let address else { return -1 }
    return job.openSocket(address)
}

private func transferSeesTraffic(
    _ easy: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ bytes: UnsafeMutablePointer<CChar>?,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    if kind == CURLINFO_DATA_IN { job(context)?.see(raw: UnsafeRawBufferPointer(start: bytes, count: count)) }
    return 0
}
