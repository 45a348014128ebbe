using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.BulkEdits;

public enum BulkState
{
    /// <summary>Customers are chosen; what to do with them is being said and looked at.</summary>
    Draft = 0,
    Running = 1,
    Done = 2,
    Undoing = 3,
    Undone = 4,
}

/// <summary>One thing done with many customers: with whom, what, how far it came, and how far it was taken back. The history says what it wrote.</summary>
public sealed class BulkEdit : TenantOwned, IVersioned
{
    /// <summary>Kinds of jobs, whose payload is the id of the edit: the run, and what takes it back.</summary>
    public const string RunJob = "bulk-edit";
    public const string UndoJob = "undo-bulk-edit";
    public const int QueryLength = 4_000;
    public const int IdsLength = 20_000;
    public const int WhatLength = 80_000;

    /// <summary>How long it can be taken back.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(30);

    /// <summary>How long one waits that was never run.</summary>
    public static readonly TimeSpan KeptUnrun = TimeSpan.FromDays(7);

    private BulkEdit() { }

    /// <param name="query">Of the address of the list: all that match it; null when the customers are named.</param>
    /// <param name="ids">The customers, with blanks between.</param>
    public BulkEdit(string? query, string? ids, long memberId, DateTime now) => (Query, Ids, MemberId, CreatedAt) = (query, ids, memberId, now);

    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>When it was run. Customers that it archives are archived at this instant, which tells them from those that somebody archived.</summary>
    public DateTime? StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    public BulkState State { get; set; }

    public string? Query { get; private set; }

    public string? Ids { get; private set; }

    /// <summary>What is done, as JSON.</summary>
    public string? What { get; set; }

    /// <summary>Customers up to this id are wholly done: where a restarted run goes on. Moves in the transaction of the customers.</summary>
    public long LastId { get; set; }

    public long ChangedCount { get; set; }

    /// <summary>Customers that were so already.</summary>
    public long SameCount { get; set; }

    public long SkippedCount { get; set; }

    /// <summary>The last change of the history that the run wrote; what the undo writes comes after it. Null until an undo begins.</summary>
    public long? LastChangeId { get; set; }

    /// <summary>Changes up to this one are taken back, or kept.</summary>
    public long UndoneChangeId { get; set; }

    public long UndoneCount { get; set; }

    public long KeptCount { get; set; }

    public long? JobId { get; set; }

    public Job? Job { get; private set; }

    public int Version { get; private set; }
}

/// <summary>Why a customer was left as it is. Numbers are stored: add at the end, never renumber.</summary>
public enum BulkReason
{
    /// <summary>Archived meanwhile, or not the member's to see any more.</summary>
    NotThere = 0,

    /// <summary>The field must be filled in.</summary>
    Required = 1,

    /// <summary>The stage needs fields that are empty.</summary>
    StageNeeds = 2,

    /// <summary>Another customer has the value, which no two may have.</summary>
    Taken = 3,

    /// <summary>A customer belongs not to itself.</summary>
    Itself = 4,

    /// <summary>Undo: somebody changed it since.</summary>
    Edited = 5,

    /// <summary>Undo: what stood there cannot stand there any more.</summary>
    Gone = 6,
}

/// <summary>A customer that was left as it is, for the person who asked.</summary>
public sealed class BulkEditRow : TenantOwned
{
    public const int FieldLength = 80;

    private BulkEditRow() { }

    public BulkEditRow(long bulkEditId, long customerId, BulkReason reason, bool ofUndo = false, string? field = null) =>
        (BulkEditId, CustomerId, Reason, OfUndo, Field) = (bulkEditId, customerId, reason, ofUndo, field);

    public long BulkEditId { get; private set; }

    public BulkEdit? BulkEdit { get; private set; }

    public long CustomerId { get; private set; }

    public BulkReason Reason { get; private set; }

    public bool OfUndo { get; private set; }

    /// <summary>The field that stays, of an undo.</summary>
    public string? Field { get; private set; }
}
