// swift-tools-version: 6.1
import PackageDescription

/// A module of the data's path with its tests; `docs/architecture.md` has the table of who may import whom.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies)
}

func tests(
    of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "newswatch",
    products: [
        .executable(name: "newswatch", targets: ["newswatch"]),
        .library(name: "Feeds", targets: ["Feeds"]),
        .library(name: "Markup", targets: ["Markup"]),
        .library(name: "Normalization", targets: ["Normalization"]),
        .library(name: "Settings", targets: ["Settings"]),
        .library(name: "Shingling", targets: ["Shingling"]),
        .library(name: "Stories", targets: ["Stories"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        // Hummingbird's own transport, for what it has no setting for: deadlines of a connection.
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // One thin C target per system library.
        .target(name: "CPlatform"),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CUnicode", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
        .target(name: "CTOML"),
        .target(name: "CCrypto", linkerSettings: [.linkedLibrary("crypto")]),

        // The stages of an entry's path, pure first.
        module("Markup", ["CPlatform"]),
        module("Feeds", ["Markup"]),
        module("Normalization", ["CUnicode"]),
        module("Shingling", ["CPlatform"]),
        module("Stories", ["Feeds", "Normalization", "Shingling"]),
        module("Scheduling"),
        module("Fetching", ["CCurl", "Markup"]),
        module("Storage", ["Feeds", "Shingling", "Stories", "Scheduling", grdb]),
        module("Alerting", ["CPlatform", "Storage", "Stories", "Scheduling", "Fetching", "CCrypto"]),

        // The house around it.
        module("Settings", ["CTOML", "Feeds", "Stories", "Scheduling", "Fetching", "Alerting"]),
        module("ControlProtocol"),
        module(
            "ControlServer",
            ["ControlProtocol", hummingbird, nio, nioPosix, nioHTTPTypes, logging, lifecycle]),
        module(
            "Daemon",
            [
                "CPlatform", "Feeds", "Normalization", "Shingling", "Stories", "Scheduling", "Fetching",
                "Storage",
                "Alerting", "Settings", "ControlProtocol", "ControlServer", logging, lifecycle, signals,
            ]),
        module(
            "Replay",
            [
                "Daemon", "Settings", "ControlProtocol", "Scheduling", "Stories", "Storage",
                hummingbird, logging,
            ]),
        module(
            "Commands",
            [
                "CPlatform", "Feeds", "Normalization", "Shingling", "Stories", "Fetching", "Storage",
                "Alerting", "Settings", "ControlProtocol", "Daemon", "Replay", arguments, logging,
            ]),
        .executableTarget(name: "newswatch", dependencies: ["Commands"]),

        // A scripted HTTP server on loopback for the tests; not shipped.
        .target(name: "LoopbackServer", path: "Tests/LoopbackServer"),
        // Counts heap allocations in tests; not shipped.
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        // Feeds that try to hurt their reader, written by code; not shipped.
        .target(name: "HostileDocuments", path: "Tests/HostileDocuments"),
        // Whole outputs of programs, compared with files; not shipped.
        .target(name: "Transcripts", path: "Tests/Transcripts"),

        tests(of: "Markup", ["CAllocationCounter", "CPlatform"]),
        tests(of: "Feeds", ["CAllocationCounter", "HostileDocuments"]),
        tests(of: "Normalization"),
        tests(of: "Shingling", ["Normalization"]),
        tests(of: "Stories", ["Settings", "Feeds"]),
        tests(of: "Scheduling"),
        tests(of: "Fetching", ["LoopbackServer"]),
        tests(of: "Storage"),
        tests(
            of: "Alerting",
            ["LoopbackServer", "Feeds", "Fetching", "Scheduling", "Storage", "Stories", "Transcripts"],
            exclude: ["Formats", "validate-alerts.py", "verify-webhook.py"]),
        tests(of: "Settings", ["Alerting", "Stories"]),
        tests(of: "ControlServer", ["ControlProtocol", "Fetching", "LoopbackServer", logging, lifecycle]),
        tests(
            of: "Commands",
            [
                "ControlProtocol", "ControlServer", "Feeds", "Fetching", "LoopbackServer", "Storage",
                "Stories",
                "Transcripts",
            ],
            exclude: ["Help"]),
        tests(
            of: "Daemon",
            [
                "Alerting", "Settings", "LoopbackServer", "Feeds", "Scheduling", "Shingling", "Storage",
                "Stories",
                "ControlProtocol", "ControlServer", logging,
            ]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["HostileDocuments", "LoopbackServer", "Transcripts", "newswatch", grdb],
            exclude: ["feedparser-entries.py", "systemd-scenario.sh", "Transcripts", "Schemas"]),
        .testTarget(name: "ArchitectureTests"),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
