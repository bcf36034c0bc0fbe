import Alerting
import Foundation
import Testing

@testable import Settings

/// The keys of a sink that say where alerts go, and how they are written.
@Suite struct SinkDestinationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder.withLexicon()
        try folder.write("token", "# of the room\nsyt_swordfish\n")
        try folder.write("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
    }

    private func write(program name: String, mode: Int) throws {
        let path = try folder.write(name, "#!/bin/sh\n")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test(arguments: [
        ("slack", "https://hooks.example/x", ""), ("discord", "https://hooks.example/x", ""),
        ("teams", "https://hooks.example/x", ""), ("ntfy", "https://ntfy.example/harbour_1", ""),
        ("ntfy", "https://ntfy.example/under/harbour", "secret_file = \"token\""),
        ("matrix", "https://matrix.example/!room:matrix.example", "secret_file = \"token\""),
        ("json", "https://hooks.example/x", "secret_file = \"secret\""),
    ])
    func everyFormatOfAWebhookIsRead(_ format: String, _ url: String, _ more: String) throws {
        let text =
            "[[sink]]\nname = \"a\"\ntype = \"webhook\"\nformat = \"\(format)\"\nurl = \"\(url)\"\n\(more)\n"
        let sink = try #require(try folder.read(text).sinks.first)
        #expect(sink.format.rawValue == format)
        let secret = more.isEmpty ? nil : folder.path + "/" + more.split(separator: "\"")[1]
        #expect(sink.destination == .webhook(url: url, secretFile: secret, allowPrivate: false))
    }

    @Test func programsAreFoundBesideTheFile() throws {
        try write(program: "bin/tell", mode: 0o755)
        let text = "[[sink]]\nname = \"a\"\ntype = \"exec\"\ncommand = [\"bin/tell\", \"--loud\"]\n"
        #expect(
            try folder.read(text).sinks == [
                SinkConfiguration(
                    name: "a", destination: .exec(command: [folder.path + "/bin/tell", "--loud"]),
                    format: .json)
            ])
    }

    @Test func whatAFormatOrAProgramLacksIsTold() throws {
        try write(program: "plain", mode: 0o644)
        let faults = try folder.faults(
            """
            [[sink]]
            name = "a"
            type = "webhook"
            format = "matrix"
            url = "https://matrix.example/#room:matrix.example"
            [[sink]]
            name = "b"
            type = "webhook"
            format = "ntfy"
            url = "https://ntfy.example/"
            secret_file = "lexicon/en.toml"
            [[sink]]
            name = "c"
            type = "webhook"
            format = "slack"
            url = "https://hooks.example/x"
            secret_file = "token"
            [[sink]]
            name = "d"
            type = "file"
            path = "a.log"
            format = "discord"
            command = ["plain"]
            [[sink]]
            name = "e"
            type = "exec"
            format = "text"
            command = ["gone"]
            url = "https://hooks.example/x"
            [[sink]]
            name = "f"
            type = "exec"
            command = []
            [[sink]]
            name = "g"
            type = "exec"
            command = ["plain", "a\\u0000b", 7]
            [[sink]]
            name = "h"
            type = "exec"
            [[sink]]
            name = "i"
            type = "exec"
            command = "plain --loud"
            [[sink]]
            name = "j"
            type = "exec"
            command = ["lexicon"]
            [[sink]]
            name = "k"
            type = "pigeon"
            """)
        #expect(
            faults == """
                newswatchd.toml:1:1: [[sink]] has no secret_file, which format "matrix" reads its access token from
                newswatchd.toml:5:7: url must end with a room's id, such as https://matrix.example.org/!room:example.org; its alias, #room:example.org, is none
                newswatchd.toml:10:7: url must end with a topic, such as https://ntfy.sh/harbour
                newswatchd.toml:11:15: secret_file lexicon/en.toml: holds no token: up to 4096 letters, digits and signs without spaces
                newswatchd.toml:17:15: secret_file means nothing to format "slack": its address is its secret
                newswatchd.toml:22:10: format is "discord", must be one of "text", "json" for a file sink
                newswatchd.toml:23:1: command means nothing to a file sink
                newswatchd.toml:27:10: format is "text", must be "json" for an exec sink
                newswatchd.toml:28:12: command gone: no such file
                newswatchd.toml:29:1: url means nothing to an exec sink
                newswatchd.toml:33:11: command is empty, must be ["/path/of/program", "argument", …]
                newswatchd.toml:37:12: command plain: is not executable
                newswatchd.toml:37:21: command holds a NUL character, which no program can be given
                newswatchd.toml:37:33: command holds an integer, must hold strings only
                newswatchd.toml:38:1: [[sink]] has no command
                newswatchd.toml:44:11: command is a string, must be an array of strings
                newswatchd.toml:48:12: command lexicon: is no regular file
                newswatchd.toml:51:8: type is "pigeon", must be one of "stdout", "file", "webhook", "exec"
                """)
    }

    private static let withCredential = """
        [[sink]]
        name = "a"
        type = "webhook"
        url = "https://hooks.example/x"
        secret_file = "$CREDENTIALS_DIRECTORY/hook"
        """

    private func secretFile(credentials: String?) throws -> String? {
        let path = try folder.write("newswatchd.toml", Self.withCredential)
        let configuration = try ConfigurationReader.read(path: path, program: nil, credentials: credentials)
        guard case .webhook(_, let secret, _)? = configuration.sinks.first?.destination else { return nil }
        return secret
    }

    @Test func credentialOfTheServiceIsReadWhereSystemdLaysIt() throws {
        try folder.write("credentials/hook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
        #expect(
            try secretFile(credentials: folder.path + "/credentials") == folder.path + "/credentials/hook")
    }

    @Test func credentialThatTheServiceLacksIsAFault() throws {
        #expect(throws: ConfigurationFaults.self) {
            try secretFile(credentials: folder.path + "/credentials")
        }
    }

    @Test func whoChecksByHandDoesNotSeeCredentials() throws {
        #expect(try secretFile(credentials: nil) == "$CREDENTIALS_DIRECTORY/hook")
    }
}
