import Alerting
import CPlatform
import ControlProtocol
import Fetching
import Foundation
import Settings
import Storage

/// Looks at everything that ``Diagnosis`` judges. Sends no alert, writes nothing, and takes no longer than
/// ``daemonLimit`` and ``networkLimit`` together.
struct HealthProbe {
    /// For the daemon's answers; it has them within milliseconds when all is well.
    static let daemonLimit = Duration.seconds(4)
    /// For names and servers, all asked at the same time.
    static let networkLimit = Duration.seconds(5)
    /// So many hosts are looked up, spread over the list: enough to see that name resolution works.
    static let sampledHosts = 16
    /// So many feeds' servers are asked for the time; sinks are asked anyway.
    static let clockWitnesses = 3

    let configurationPath: String
    /// `--socket`.
    let socket: String?
    let console: Console

    /// Everything that can be seen. Throws for a path that no socket can have, and when no thread is left to ask by.
    func facts() async throws -> HealthFacts {
        let read = Result { () throws(ConfigurationFaults) in
            try ConfigurationReader.read(path: configurationPath, program: console.executablePath)
        }
        let configured: String? =
            if case .success(let configuration) = read { configuration.socketPath } else { nil }
        let socketPath = socket ?? configured ?? SocketOption.path(console.environment)
        var daemon = try await askDaemon(socketPath)
        if socket == nil, configured == nil, case .silent = daemon {
            daemon = .silent(
                reason:
                    "none answers at \(socketPath), and what socket a faulty configuration means cannot be told",
                advice: "name it with --socket")
        }
        let socketFacts = PathFacts(lookingAt: socketPath)
        var facts = HealthFacts(
            configurationPath: configurationPath, configuration: .faulty([]),
            account: account(daemon, socketFacts), socket: socketFacts, daemon: daemon,
            clock: .init(now: console.now(), isSynchronised: nil, differences: []))
        switch csystem_clock_is_synchronised() {
        case 0: facts.clock.isSynchronised = false
        case 1: facts.clock.isSynchronised = true
        default: break
        }
        switch read {
        case .failure(let error): facts.configuration = .faulty(error.faults.map(\.description))
        case .success(let configuration): try await look(configuration, &facts)
        }
        return facts
    }

    private func look(_ configuration: NewswatchConfiguration, _ facts: inout HealthFacts) async throws {
        facts.configuration = .valid(
            .init(
                feeds: configuration.feeds.count, topics: configuration.profiles.map(\.id),
                sinks: configuration.sinks.map(\.name), hasContact: configuration.contact != nil))
        facts.storage = storage(configuration.databasePath)
        let hosts = hosts(of: configuration)
        let sample = Self.sample(hosts)
        let transfer = try HTTPTransfer()
        async let failures = NameLookup.failures(of: sample, limit: Self.networkLimit)
        async let sinks = askSinks(configuration, transfer)
        async let feeds = askForTime(configuration, facts.daemon, transfer)
        facts.names = await HealthFacts.Names(asked: sample, total: hosts.count, failures: failures)
        let (found, sinkTimes) = await sinks
        facts.sinks = found
        facts.clock.differences = await sinkTimes + feeds
        await transfer.shutdown()
        facts.trust = HealthFacts.Trust(
            locations: TrustStore.locations.map(PathFacts.init(lookingAt:)),
            isNeeded: Self.addresses(of: configuration).contains { $0.hasPrefix("https:") })
    }

    // MARK: The daemon

    private func askDaemon(_ path: String) async throws -> HealthFacts.Daemon {
        do {
            async let status: StatusDocument = client(path).get(.status)
            async let feeds: [FeedDocument] = client(path).get(.feeds)
            async let alerts: [AlertDocument] = client(path).get(.alerts)
            return try await .answers(
                .init(status: status, feeds: feeds, pending: alerts.filter { $0.state == .pending }))
        } catch let failure as CommandFailure where failure.code == .permission {
            return .forbidden(reason: failure.message ?? "", advice: failure.advice)
        } catch let failure as CommandFailure where failure.code == .usage {
            throw failure
        } catch {
            let failure = error as? CommandFailure
            return .silent(
                reason: failure?.message ?? "\(error)",
                advice: failure?.advice ?? "`journalctl -u newswatchd` tells more")
        }
    }

    private func client(_ path: String) throws -> ControlClient {
        try ControlClient(socketPath: path, timeLimit: Self.daemonLimit)
    }

    /// A running daemon owns its socket. Otherwise the service's account runs the service's configuration, and
    /// whoever asks runs any other.
    private func account(_ daemon: HealthFacts.Daemon, _ socket: PathFacts) -> Account {
        if case .answers = daemon, let owner = socket.file?.owner {
            return Account.numbered(owner)
                ?? Account(name: "user \(owner)", user: owner, groups: [])
        }
        let isService = configurationPath == ConfigurationOption.standard
        return (isService ? Account.named(Account.service) : nil) ?? .current()
    }

    // MARK: The database

    private func storage(_ path: String) -> HealthFacts.Storage {
        let database = PathFacts(lookingAt: path)
        let lock: HealthFacts.Storage.Lock
        do throws(StorageError) {
            lock = try DatabaseLock.holder(of: path).map { .held(by: $0) } ?? .free
        } catch {
            lock = .unknown(reason: error.reason)
        }
        var header: HealthFacts.Storage.Header?
        if database.file != nil {
            do throws(StorageError) {
                header = .read(try DatabaseHeader.read(path: path))
            } catch {
                header = .unreadable(error)
            }
        }
        let disk = disk(of: database)
        return .init(
            database: database, lock: lock, header: header, freeBytes: disk?.bytes,
            hasFreeFiles: disk?.hasFiles ?? true)
    }

    private func disk(of database: PathFacts) -> (bytes: Int64, hasFiles: Bool)? {
        guard let folder = database.folders.last(where: { $0.look != .absent }) else { return nil }
        var status = statvfs()
        guard statvfs(folder.path, &status) == 0 else { return nil }
        // Some file systems make files without end and count none.
        return (
            Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize)),
            status.f_files == 0 || status.f_favail > 0
        )
    }

    // MARK: The network

    private static func addresses(of configuration: NewswatchConfiguration) -> [String] {
        let hooks = configuration.sinks.compactMap { sink in
            if case .webhook(let url, _, _) = sink.destination { url } else { nil }
        }
        return hooks + configuration.feeds.map(\.url)
    }

    /// Names that this machine must resolve, once each, sinks first; behind a proxy that of the proxy stands for
    /// the feeds'.
    private func hosts(of configuration: NewswatchConfiguration) -> [String] {
        var seen: Set<String> = []
        let feeds = configuration.feeds.map(\.url)
        let addresses = Self.addresses(of: configuration).filter {
            configuration.proxy == nil || !feeds.contains($0)
        }
        return (addresses + [configuration.proxy].compactMap { $0 })
            .compactMap { try? WebURL($0).host }
            .filter { IPAddress($0) == nil && seen.insert($0).inserted }
    }

    private static func sample(_ hosts: [String]) -> [String] {
        guard hosts.count > sampledHosts else { return hosts }
        return (0..<sampledHosts).map { hosts[$0 * hosts.count / sampledHosts] }
    }

    private func askSinks(
        _ configuration: NewswatchConfiguration, _ transfer: HTTPTransfer
    ) async -> (sinks: [HealthFacts.Sink], differences: [TimeInterval]) {
        await withTaskGroup { group in
            for (index, sink) in configuration.sinks.enumerated() {
                group.addTask { await (index, self.look(at: sink, transfer)) }
            }
            var found: [(Int, (HealthFacts.Sink, TimeInterval?))] = []
            for await result in group { found.append(result) }
            let ordered = found.sorted { $0.0 < $1.0 }.map(\.1)
            return (ordered.map(\.0), ordered.compactMap(\.1))
        }
    }

    private func look(
        at sink: SinkConfiguration, _ transfer: HTTPTransfer
    ) async -> (HealthFacts.Sink, TimeInterval?) {
        switch sink.destination {
        case .stdout: return (.init(name: sink.name, destination: .standardOutput), nil)
        case .file(let path):
            return (.init(name: sink.name, destination: .file(PathFacts(lookingAt: path))), nil)
        case .exec(let command):
            let program = PathFacts(lookingAt: command.first ?? "")
            return (.init(name: sink.name, destination: .exec(program)), nil)
        case .webhook(let url, let secretFile, let allowPrivate):
            var request = head(url)
            request.allowPrivate = allowPrivate
            let secret = secretFile.flatMap(Self.secret)
            do throws(TransferError) {
                let (status, difference) = try await ask(request, transfer)
                return (
                    .init(
                        name: sink.name,
                        destination: .webhook(secret: secret, reach: .answered(status: status))), difference
                )
            } catch {
                return (
                    .init(name: sink.name, destination: .webhook(secret: secret, reach: .failed(error))), nil
                )
            }
        }
    }

    /// Nil for a credential of the service, which nobody else sees.
    private static func secret(_ path: String) -> PathFacts? {
        path.hasPrefix(SinkCredential.folderVariable) ? nil : PathFacts(lookingAt: path)
    }

    /// A few feeds' servers, those left out that the daemon finds no answer from.
    private func askForTime(
        _ configuration: NewswatchConfiguration, _ daemon: HealthFacts.Daemon, _ transfer: HTTPTransfer
    ) async -> [TimeInterval] {
        var ill: Set<String> = []
        if case .answers(let answer) = daemon {
            ill = Set(answer.feeds.filter { $0.state != "healthy" }.map(\.url))
        }
        var hosts: Set<String> = []
        let witnesses = configuration.feeds.filter { feed in
            guard !ill.contains(feed.url), let host = try? WebURL(feed.url).host else { return false }
            return hosts.insert(host).inserted
        }.prefix(Self.clockWitnesses)
        return await withTaskGroup { group in
            for feed in witnesses {
                var request = head(feed.url)
                request.allowPrivate = feed.allowPrivate
                request.allowNetworks = configuration.allowNetworks
                request.proxy = configuration.proxy
                request.headers = [
                    (
                        "User-Agent",
                        FeedFetcher.userAgent(
                            version: NewswatchVersion.current, contact: configuration.contact)
                    )
                ]
                group.addTask { [request] in
                    // A feed that does not answer is the daemon's to judge.
                    (try? await self.ask(request, transfer))?.difference
                }
            }
            var differences: [TimeInterval] = []
            for await difference in group { if let difference { differences.append(difference) } }
            return differences
        }
    }

    private func head(_ url: String) -> HTTPRequest {
        var request = HTTPRequest(url: url)
        request.method = "HEAD"
        request.headers = [("User-Agent", "newswatch")]
        request.limits.total = Self.networkLimit
        request.limits.connect = Self.networkLimit
        return request
    }

    /// The status, and how many seconds the server's clock is ahead of this one.
    private func ask(
        _ request: HTTPRequest, _ transfer: HTTPTransfer
    ) async throws(TransferError) -> (status: Int, difference: TimeInterval?) {
        let response = try await transfer.perform(request)
        let date = response.headers["Date"].flatMap(HTTPDate.parse)
        return (response.status, date?.timeIntervalSince(console.now()))
    }
}
