using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.Imports;

public enum ImportState
{
    /// <summary>The file is there; columns are being mapped.</summary>
    Mapping = 0,

    /// <summary>A dry run is under way or done; nothing is written.</summary>
    Checking = 1,
    Checked = 2,
    Running = 3,
    Done = 4,
    Reverting = 5,
    Reverted = 6,
    Failed = 7,
}

/// <summary>How a row finds the customer it means.</summary>
public enum MatchRule
{
    ExternalId = 0,
    Email = 1,
    Phone = 2,
    Name = 3,

    /// <summary>Every row is a new customer.</summary>
    Nothing = 4,
}

/// <summary>What a row does to the customer it found.</summary>
public enum OnMatch
{
    /// <summary>Values in the file replace those there; empty cells leave what is there.</summary>
    Update = 0,

    /// <summary>Only what is empty is filled.</summary>
    Fill = 1,

    /// <summary>The customer stays as it is.</summary>
    Keep = 2,
}

/// <summary>What becomes of a row that would be a new customer, but likely is one who is there already.</summary>
public enum OnDuplicate
{
    /// <summary>A new customer all the same; the two wait in the queue of duplicates.</summary>
    Make = 0,

    /// <summary>The row does nothing.</summary>
    Skip = 1,

    /// <summary>The row means the customer who is there, as if it had been recognised, if the names are alike; where only an address is shared, it is a new customer.</summary>
    Update = 2,
}

/// <summary>One file of customers on its way in: how it is read, what it does, how far it came, and what is needed to take it back.</summary>
public sealed class Import : TenantOwned, IVersioned
{
    /// <summary>Kinds of jobs, whose payload is the id of the import: the run, and what takes it back.</summary>
    public const string RunJob = "run-import";
    public const string RevertJob = "revert-import";
    public const int FileNameLength = 255;
    public const int FileKeyLength = 80;
    public const int SettingsLength = 32_000;

    /// <summary>How long a file waits that was never run; it holds people whom nobody needs.</summary>
    public static readonly TimeSpan KeptUnrun = TimeSpan.FromDays(30);

    private Import() { }

    public Import(string fileName, string fileKey, long fileSize, long memberId, DateTime now)
    {
        FileName = fileName.Length > FileNameLength ? fileName[^FileNameLength..] : fileName;
        FileKey = fileKey;
        FileSize = fileSize;
        MemberId = memberId;
        CreatedAt = now;
    }

    /// <summary>The name it had on the person's machine; only shown.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Random name under which the file is kept.</summary>
    public string FileKey { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long FileSize { get; private set; }

    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime? FinishedAt { get; set; }

    public ImportState State { get; set; }

    /// <summary>Encoding, delimiter, date order, column mapping, match rule and so on, as JSON.</summary>
    public string Settings { get; set; } = "{}";

    /// <summary>Rows of the file that are wholly done: where a restarted run goes on. Moves in the transaction of the rows.</summary>
    public long RowsDone { get; set; }

    public long NewCount { get; set; }

    public long ChangedCount { get; set; }

    public long SameCount { get; set; }

    public long RefusedCount { get; set; }

    /// <summary>Rows that likely are a customer who was there already, whatever became of them.</summary>
    public long LikelyCount { get; set; }

    public long? JobId { get; set; }

    public Job? Job { get; private set; }

    public int Version { get; private set; }
}

public enum RowOutcome
{
    New = 0,
    Changed = 1,
    Same = 2,
    Refused = 3,
}

/// <summary>What became of one row of the file, kept where it is needed later: changed rows (to take back) and refused rows (to mend and send again).</summary>
public sealed class ImportRow : TenantOwned
{
    public const int ReasonLength = 500;

    private ImportRow() { }

    public ImportRow(long importId, long line, RowOutcome outcome) => (ImportId, Line, Outcome) = (importId, line, outcome);

    public long ImportId { get; private set; }

    public Import? Import { get; private set; }

    /// <summary>Line of the file on which the row begins, from 1.</summary>
    public long Line { get; private set; }

    public RowOutcome Outcome { get; private set; }

    public long? CustomerId { get; set; }

    public string? Reason { get; set; }

    /// <summary>Changed: the details before, as JSON. Refused: the cells as they stood in the file, as JSON.</summary>
    public string? Before { get; set; }

    /// <summary>Changed: the details this import wrote, as JSON, so that a revert sees what somebody edited since.</summary>
    public string? After { get; set; }
}

/// <summary>A column mapping remembered for files with the same header.</summary>
public sealed class ImportMap : TenantOwned
{
    public const int NameLength = 120;
    public const int HeaderHashLength = 64;

    private ImportMap() { }

    public ImportMap(string name, string headerHash, string settings) => (Name, HeaderHash, Settings) = (name, headerHash, settings);

    public string Name { get; private set; } = "";

    /// <summary>SHA-256 of the folded header names, in hexadecimal.</summary>
    public string HeaderHash { get; private set; } = "";

    public string Settings { get; set; } = "{}";
}
