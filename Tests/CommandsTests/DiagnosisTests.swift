import ControlProtocol
import Fetching
import Foundation
import Storage
import Testing

@testable import Commands

/// The judgements of `doctor`, from facts alone.
@Suite struct DiagnosisTests {
    static let daemon = Account(name: "newswatch", user: 998, groups: [997])

    static func folder(_ path: String, mode: UInt32 = 0o755, owner: UInt32 = 0) -> PathFacts.Step {
        .init(path: path, look: .there(FileFacts(kind: .folder, owner: owner, group: 997, mode: mode)))
    }

    static func path(
        _ name: String, kind: FileFacts.Kind = .file, mode: UInt32 = 0o640, owner: UInt32 = 998,
        folder: PathFacts.Step = folder("/data", mode: 0o750, owner: 998), bytes: Int64 = 4096
    ) -> PathFacts {
        PathFacts(
            path: "/data/\(name)",
            look: .there(FileFacts(kind: kind, owner: owner, group: 997, mode: mode, bytes: bytes)),
            folders: [Self.folder("/"), folder])
    }

    /// A time at which no clock is suspected to be wrong.
    static let now = Sample.noon.addingTimeInterval(3 * 365 * 86_400)

    static let answer = HealthFacts.Answer(
        status: StatusDocument(
            version: NewswatchVersion.current, uptimeSeconds: 7_200, paused: false,
            feeds: .init(new: 0, healthy: 2, failing: 0, silent: 0, gone: 0), entries: 1, duplicates: 0,
            developments: 1, outbox: .init(pending: 0, failed: 0),
            configuration: .init(
                file: "d.toml", loaded: now.addingTimeInterval(-7_300), refused: nil, faults: [],
                needsRestart: []),
            storage: .init()),
        feeds: [], pending: [])

    /// Everything as it should be.
    static let healthy = HealthFacts(
        configurationPath: "d.toml",
        configuration: .valid(.init(feeds: 2, topics: ["t"], sinks: ["log", "hook"], hasContact: true)),
        account: daemon, socket: path("s", kind: .socket, mode: 0o660), daemon: .answers(answer),
        clock: .init(
            now: now, isSynchronised: true, differences: [0.4]),
        storage: .init(
            database: path("n.db"), lock: .held(by: "newswatchd (process 7)"),
            header: .read(
                DatabaseHeader(isOurs: true, schemaVersion: DatabaseHeader.currentSchema, hasJournal: true)),
            freeBytes: 1 << 40, hasFreeFiles: true),
        names: .init(asked: ["a.example"], total: 1, failures: [:]),
        trust: .init(locations: [path("ca.pem")], isNeeded: true),
        sinks: [
            .init(name: "log", destination: .file(path("log"))),
            .init(
                name: "hook",
                destination: .webhook(secret: path("secret", mode: 0o400), reach: .answered(status: 405))),
        ])

    @Test func whatIsAsItShouldBeNeedsNothing() {
        let findings = Diagnosis.findings(Self.healthy)
        #expect(findings.allSatisfy { $0.state == .ok && $0.remedy == nil }, "\(findings)")
        #expect(HealthReport(findings: findings).isHealthy)
        #expect(Set(findings.map(\.area)) == Set(Finding.Area.allCases))
    }

    /// One change to the healthy facts and what is said of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var change: @Sendable (inout HealthFacts) -> Void
        var check: String
        var state: Finding.State
        var finding: String

        init(
            _ name: String, _ check: String, _ state: Finding.State, _ finding: String,
            _ change: @escaping @Sendable (inout HealthFacts) -> Void
        ) {
            self.name = name
            self.change = change
            self.check = check
            self.state = state
            self.finding = finding
        }

        var testDescription: String { name }
    }

    @Test(arguments: configurationCases + storageCases + daemonCases + machineCases + sinkCases)
    func oneFaultIsFoundAndNamed(_ example: Case) {
        var facts = Self.healthy
        example.change(&facts)
        let findings = Diagnosis.findings(facts)
        let unusual = findings.filter { $0.state != .ok }
        #expect(unusual.map(\.state) == [example.state], "\(unusual)")
        #expect(unusual.map(\.check) == [example.check])
        #expect(unusual.first?.finding == example.finding)
        #expect(
            unusual.first?.needsDoing == (unusual.first?.remedy != nil),
            "only what needs doing says what to do")
        #expect(HealthReport(findings: findings).isHealthy == (example.state == .note))
    }

    static let configurationCases = [
        Case("a fault", "file", .fail, "d.toml:3:1: unknown key") {
            $0.configuration = .faulty(["d.toml:3:1: unknown key"])
        },
        Case("no feed", "feeds", .warn, "there is nothing to poll") {
            $0.configuration = .valid(
                .init(feeds: 0, topics: ["t"], sinks: ["log", "hook"], hasContact: true))
        },
        Case("no sink", "sinks", .warn, "nobody will be told anything") {
            $0.configuration = .valid(.init(feeds: 2, topics: ["t"], sinks: [], hasContact: true))
        },
        Case(
            "no contact", "contact", .note,
            "no [poll] contact: a publisher whom the polling disturbs can only block it"
        ) {
            $0.configuration = .valid(
                .init(feeds: 2, topics: ["t"], sinks: ["log", "hook"], hasContact: false))
        },
    ]

    static let storageCases = [
        Case(
            "a database of root", "database", .fail,
            "newswatch may not read /data/n.db (mode 0600, owner 0)"
        ) { $0.storage?.database = path("n.db", mode: 0o600, owner: 0) },
        Case(
            "a database for reading only", "database", .fail,
            "newswatch may not write to /data/n.db (mode 0440, owner 998)"
        ) { $0.storage?.database = path("n.db", mode: 0o440) },
        Case(
            "a folder in which no journal can be made", "database", .fail,
            "newswatch may not write to /data (mode 0755, owner 0)"
        ) { $0.storage?.database = path("n.db", folder: folder("/data")) },
        Case(
            "a folder that is closed", "database", .fail,
            "newswatch may not enter /data (mode 0700, owner 0)"
        ) { $0.storage?.database = path("n.db", folder: folder("/data", mode: 0o700)) },
        Case(
            "a folder that cannot be made", "database", .fail,
            "newswatch may not write to / (mode 0755, owner 0)"
        ) {
            $0.storage?.database = PathFacts(
                path: "/data/n.db", look: .absent,
                folders: [folder("/"), .init(path: "/data", look: .absent)])
            $0.storage?.header = nil
        },
        Case("a folder as database", "database", .fail, "/data/n.db is no regular file") {
            $0.storage?.database = path("n.db", kind: .folder, mode: 0o750)
        },
        Case(
            "what the asking user may not see", "database", .warn,
            "/data/n.db cannot be looked at (Permission denied)"
        ) {
            $0.storage?.database.look = .hidden("Permission denied")
            $0.storage?.header = nil
        },
        Case(
            "a lock that cannot be read", "lock", .warn,
            "cannot tell who has the database in use: Permission denied"
        ) {
            $0.storage?.lock = .unknown(reason: "Permission denied")
        },
        Case(
            "another database", "lock", .warn, "the daemon that answers does not have this database in use"
        ) { $0.storage?.lock = .free },
        Case(
            "a newer schema", "schema", .fail,
            "version 9 is of a newer newswatch; this one knows \(DatabaseHeader.currentSchema)"
        ) { $0.storage?.header = .read(DatabaseHeader(isOurs: true, schemaVersion: 9, hasJournal: false)) },
        Case(
            "an older schema", "schema", .note,
            "version 0; the next start makes it \(DatabaseHeader.currentSchema)"
        ) { $0.storage?.header = .read(DatabaseHeader(isOurs: true, schemaVersion: 0, hasJournal: false)) },
        Case("a stranger's database", "schema", .fail, "the database was made by another program") {
            $0.storage?.header = .read(DatabaseHeader(isOurs: false, schemaVersion: 3, hasJournal: false))
        },
        Case("an empty file", "schema", .note, "the file is empty; the next start fills it") {
            $0.storage?.header = .read(DatabaseHeader(isOurs: false, schemaVersion: 0, hasJournal: false))
        },
        Case("no database at all", "schema", .fail, "/data/n.db cannot be used: not a SQLite file") {
            $0.storage?.header = .unreadable(
                StorageError(code: .notADatabase, path: "/data/n.db", reason: "not a SQLite file"))
        },
        Case(
            "a full disk", "disk", .fail,
            "63 MiB free, the database has 0 MiB: too little for its journal"
        ) { $0.storage?.freeBytes = Diagnosis.leastFreeBytes - 1 },
        Case("a nearly full disk", "disk", .warn, "511 MiB free, the database has 0 MiB") {
            $0.storage?.freeBytes = Diagnosis.comfortableFreeBytes - 1
        },
        Case("less than a tenth of the database", "disk", .warn, "1023 MiB free, the database has 10240 MiB")
        {
            $0.storage?.database = path("n.db", bytes: 10 << 30)
            $0.storage?.freeBytes = (1 << 30) - 1
        },
        Case("a disk without room for files", "disk", .fail, "its disk takes no more files") {
            $0.storage?.hasFreeFiles = false
        },
    ]

    private static func answering(
        _ change: @escaping @Sendable (inout HealthFacts.Answer) -> Void
    ) -> @Sendable (inout HealthFacts) -> Void {
        { facts in
            var answer = answer
            change(&answer)
            facts.daemon = .answers(answer)
        }
    }

    static let daemonCases = [
        Case("a daemon that is down", "answers", .fail, "no daemon runs") {
            $0.daemon = .silent(reason: "no daemon runs", advice: "start it")
            $0.storage?.lock = .free
        },
        Case("a socket for others", "answers", .warn, "you may not open /data/s") {
            $0.daemon = .forbidden(reason: "you may not open /data/s", advice: "use sudo")
        },
        Case(
            "another version", "answers", .warn,
            "newswatchd 0.0.1, up 2 h, but installed is \(NewswatchVersion.current)",
            answering { $0.status.version = "0.0.1" }),
        Case(
            "a configuration that was refused", "configuration", .warn,
            "that of 2 h ago is in force; what the files say was refused 1 min ago",
            answering { $0.status.configuration.refused = now.addingTimeInterval(-60) }),
        Case(
            "a change that waits for a restart", "configuration", .warn,
            "[control] socket: what the file says holds after a restart only",
            answering { $0.status.configuration.needsRestart = ["[control] socket"] }),
        Case(
            "a socket for everybody", "socket", .warn,
            "/data/s has mode 0666: everybody may steer the daemon"
        ) { $0.socket = path("s", kind: .socket, mode: 0o666) },
        Case("a socket that is gone", "socket", .warn, "/data/s is no socket any more") {
            $0.socket.look = .absent
        },
        Case(
            "a pause", "polling", .warn, "paused: no feed is asked", answering { $0.status.paused = true }),
        Case(
            "silent feeds", "feeds", .note, "1 of 3 feeds healthy, 1 silent for long, 1 not answered yet",
            answering { $0.status.feeds = .init(new: 1, healthy: 1, failing: 0, silent: 1, gone: 0) }),
        Case(
            "failing feeds, the worst first", "feeds", .warn,
            "4 of 5 feeds fail: e: time-out (9 times); d: gone (8 times); b: time-out (2 times); 1 more",
            answering {
                $0.status.feeds = .init(new: 0, healthy: 1, failing: 3, silent: 0, gone: 1)
                $0.feeds = [("a", 1, "failing"), ("b", 2, "failing"), ("d", 8, "gone"), ("e", 9, "failing")]
                    .map {
                        FeedDocument(
                            url: $0.0, name: nil, state: $0.2, lastStatus: nil, lastPoll: nil, nextPoll: nil,
                            nextPollReason: nil, entryCount: 0, failures: $0.1, lastError: "time-out")
                    }
            }),
        Case(
            "failed deliveries", "deliveries", .warn, "2 given up", answering { $0.status.outbox.failed = 2 }),
        Case(
            "alerts for a sink that is no more", "deliveries", .warn,
            "1 waits for what is no sink any more: old",
            answering {
                $0.status.outbox.pending = 1
                $0.pending = [
                    AlertDocument(
                        id: "msg_1", type: "digest", sink: "old", state: .pending, attempts: 0,
                        lastError: nil,
                        created: Sample.noon, delivered: nil)
                ]
            }),
    ]

    static let machineCases = [
        Case("a clock at its beginning", "clock", .fail, "it shows the year 1970") {
            $0.clock.now = Date(timeIntervalSince1970: 60)
        },
        Case(
            "a clock that webhooks refuse", "clock", .fail,
            "301 s behind the servers that were asked: receivers refuse signed webhooks"
        ) { $0.clock.differences = [301, 900] },
        Case("a clock that is off", "clock", .warn, "31 s ahead of the servers that were asked") {
            $0.clock.differences = [-31]
        },
        Case(
            "a clock that nobody sets", "clock", .note,
            "no time server sets it, and no answer was there to compare it with"
        ) {
            $0.clock.isSynchronised = false
            $0.clock.differences = []
        },
        Case(
            "no name resolution", "dns", .fail, "no host resolves: a.example: Temporary failure"
        ) { $0.names?.failures = ["a.example": "Temporary failure"] },
        Case(
            "one name of many", "dns", .warn, "1 of 3 hosts (of 40) cannot be resolved: b.example: not known"
        ) {
            $0.names = .init(
                asked: ["a.example", "b.example", "c.example"], total: 40,
                failures: ["b.example": "not known"])
        },
        Case(
            "no certificates", "certificates", .fail,
            "none of /data/ca.pem is there: no https address can be asked"
        ) { $0.trust?.locations[0].look = .absent },
    ]

    private static func gone(_ name: String) -> PathFacts {
        var path = path(name)
        path.look = .absent
        return path
    }

    private static func sinkCase(
        _ name: String, _ check: String, _ state: Finding.State, _ finding: String,
        _ destination: HealthFacts.Sink.Destination
    ) -> Case {
        Case(name, check, state, finding) { facts in
            facts.sinks = [.init(name: check, destination: destination)]
        }
    }

    static let sinkCases = [
        sinkCase(
            "a log of root", "log", .fail, "newswatch may not read /data/log (mode 0600, owner 0)",
            .file(path("log", mode: 0o600, owner: 0))),
        sinkCase(
            "a log without a folder", "log", .fail, "there is no folder /data",
            .file(
                PathFacts(
                    path: "/data/log", look: .absent,
                    folders: [folder("/"), .init(path: "/data", look: .absent)]))),
        sinkCase(
            "a secret for everybody", "hook", .warn,
            "everybody may read its secret, /data/secret (mode 0644)",
            .webhook(secret: path("secret", mode: 0o644), reach: .answered(status: 200))),
        sinkCase(
            "a secret of root", "hook", .fail,
            "newswatch may not read /data/secret (mode 0600, owner 0)",
            .webhook(secret: path("secret", mode: 0o600, owner: 0), reach: .answered(status: 200))),
        sinkCase(
            "a dead server", "hook", .fail, "cannot be reached: connection refused",
            .webhook(
                secret: nil, reach: .failed(TransferError(.connect, "http://h/", "connection refused")))),
        sinkCase(
            "a server that knows no such address", "hook", .note,
            "answers HEAD with status 404; `newswatch ctl test-alert` tells whether it takes alerts",
            .webhook(secret: nil, reach: .answered(status: 404))),
        sinkCase(
            "a program of root alone", "pager", .fail,
            "newswatch may not read /data/tell (mode 0700, owner 0)",
            .exec(path("tell", mode: 0o700, owner: 0))),
        sinkCase(
            "a program that nobody may run", "pager", .fail,
            "newswatch may not run /data/tell (mode 0644, owner 0)",
            .exec(path("tell", mode: 0o644, owner: 0))),
        sinkCase(
            "a program that is gone", "pager", .fail, "there is no file /data/tell", .exec(gone("tell"))),
    ]

    @Test func aFolderInASinksPlaceIsNotToBeMade() {
        let inTheWay = PathFacts(
            path: "/data/log",
            look: .there(FileFacts(kind: .folder, owner: 997, group: 997, mode: 0o700)),
            folders: [Self.folder("/"), Self.folder("/data")])
        let finding = Diagnosis.sink(.init(name: "log", destination: .file(inTheWay)), Self.daemon)
        #expect(finding.finding == "/data/log is no regular file")
        #expect(finding.remedy == "name another path for this sink")
    }

    @Test func aHeldLockWithoutAnAnswerIsAFaultOfItsOwn() {
        var facts = Self.healthy
        facts.daemon = .silent(reason: "silence", advice: nil)
        let findings = Diagnosis.findings(facts).filter(\.needsDoing)
        #expect(findings.map(\.check) == ["lock", "answers"])
    }

    @Test func aSchemaInTheJournalIsWrittenBackByWhoeverHasItOrComesNext() {
        var facts = Self.healthy
        facts.storage?.header = .read(DatabaseHeader(isOurs: false, schemaVersion: 0, hasJournal: true))
        #expect(Diagnosis.storage(facts).allSatisfy { $0.state == .ok })
        facts.storage?.lock = .free
        facts.daemon = .silent(reason: "down", advice: nil)
        let schema = Diagnosis.storage(facts).first { $0.check == "schema" }
        #expect(schema?.state == .note)
        #expect(schema?.finding == "still in the journal; the next start writes it back")
    }

    @Test func manyFaultsAreCountedBeyondAScreen() {
        var facts = Self.healthy
        facts.configuration = .faulty((1...9).map { "d.toml:\($0):1: wrong" })
        let findings = Diagnosis.findings(facts).filter { $0.area == .configuration }
        #expect(findings.count == 6)
        #expect(findings.last?.finding == "4 more faults")
    }

    @Test func oneServerOfManyMayBeWrongAboutTheTime() {
        var facts = Self.healthy
        facts.clock.differences = [5_000, 1]
        #expect(Diagnosis.findings(facts).allSatisfy { $0.state == .ok })
    }

    @Test func groupsGrantRightsAndRootHasAll() {
        let file = FileFacts(kind: .file, owner: 1, group: 997, mode: 0o060)
        #expect(Self.daemon.may(.read, file) && Self.daemon.may(.write, file))
        #expect(!Account(name: "owner", user: 1, groups: [997]).may(.read, file))
        #expect(!Account(name: "other", user: 2, groups: []).may(.read, file))
        #expect(Account(name: "root", user: 0, groups: []).may(.read, file))
    }

    @Test func aReportWrapsAndSaysASharedRemedyOnce() {
        let report = HealthReport(findings: [
            Finding(.configuration, "file", .fail, "one two three four five", remedy: "mend it"),
            Finding(.configuration, "file", .fail, "six", remedy: "mend it"),
            Finding(.storage, "disk", .note, "fine"),
        ])
        #expect(
            HealthText.lines(report, limit: 24, usesColour: false) == [
                "configuration", "  FAIL  file: one two", "        three four five", "  FAIL  file: six",
                "        -> mend it", "storage", "  note  disk: fine", "2 things need doing",
            ])
        #expect(
            HealthText.lines(report, limit: nil, usesColour: true)[1].hasPrefix(
                "  \u{1B}[31mFAIL\u{1B}[0m  file"))
    }
}
