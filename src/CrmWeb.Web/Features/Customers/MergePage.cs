using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Customers.Merges;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a person decides about a merge.</summary>
public sealed record MergeForm
{
    /// <summary>Who is taken in.</summary>
    public long With { get; set; }

    /// <summary>The versions that the person saw.</summary>
    public int Version { get; set; }

    public int OtherVersion { get; set; }

    /// <summary>The person works through the queue of pairs, and goes on there.</summary>
    public bool Queue { get; set; }

    /// <summary>By field: "other" where the value of the other one shall stand.</summary>
    public Dictionary<string, string?> Take { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>A field in which the two differ.</summary>
/// <param name="Joined">Both values are kept.</param>
/// <param name="TakesOther">The value of the other one stands.</param>
public sealed record MergeRow(string Name, string Label, string? Mine, string? Theirs, bool Joined, bool TakesOther);

/// <summary>What hangs on one of the two, so that one sees who is who.</summary>
public sealed record MergeSideFacts(long Id, string Name, CustomerKind Kind, int Version, DateTime CreatedAt, DateTime? LastInteractionAt, int Interactions, int Tasks);

public sealed record PastMerge(long Id, string Other, DateTime At, string? By);

/// <summary>Two customers side by side, field by field; without a second one, the choice of it and the merges of before.</summary>
public sealed record MergePage(MergeSideFacts Survivor, MergeSideFacts? Other, IReadOnlyList<MergeRow> Rows, IReadOnlyList<PastMerge> Past, bool ChangedMeanwhile = false)
{
    /// <summary>The open pair of the two in the queue.</summary>
    public long? PairId { get; init; }

    public bool Queue { get; init; }

    private const string OtherValue = "other";

    /// <summary>Null when one of the two is not there for the member.</summary>
    public static async Task<MergePage?> Read(CrmDb db, long id, MergeForm? form, CustomFieldSet seen, DateTime now, IStringLocalizer L, CancellationToken stop)
    {
        if (await Side(db, id, stop) is not { } survivor) return null;
        if (form is null) return new(survivor, null, [], await PastOf(db, id, now, stop));
        if (form.With == id || await Side(db, form.With, stop) is not { } other) return null;
        var (mine, theirs) = (await CustomerWriting.Load(db, id, stop), await CustomerWriting.Load(db, form.With, stop));
        if (mine is null || theirs is null) return null;
        var differing = await CustomerSeen.Between(CustomerForm.Of(mine, seen), CustomerForm.Of(theirs, seen), seen, db, L, stop);
        var takes = TakesOther(form, seen);
        var (own, others) = (CustomerDetails.Of(mine, seen), CustomerDetails.Of(theirs, seen));
        var choices = MergedDetails.Choices(own, others, seen).ToDictionary(field => field.Name, StringComparer.Ordinal);
        return new(survivor, other, [.. differing.Where(row => row.Name != "kind").Select(row => choices.TryGetValue(row.Name!, out var field)
            ? new MergeRow(row.Name!, row.Label, row.Mine, row.Theirs, Joined: false, takes(own, others, field))
            : new MergeRow(row.Name!, row.Label, row.Mine, row.Theirs, Joined: true, TakesOther: false))], [])
        { PairId = await PairOf(db, id, form.With, stop), Queue = form.Queue };
    }

    /// <summary>What was chosen; where nothing was, or the member cannot see the field, the survivor's value unless it has none.</summary>
    public static Func<CustomerDetails, CustomerDetails, DetailField, bool> TakesOther(MergeForm form, CustomFieldSet seen) => (mine, theirs, field) =>
    {
        var hidden = field.Name.StartsWith(CustomField.Prefix, StringComparison.Ordinal) && seen.Named(field.Name) is null;
        return !hidden && form.Take.TryGetValue(field.Name, out var side) ? side == OtherValue : field.IsEmpty(mine) && !field.IsEmpty(theirs);
    };

    /// <summary>Where the address of a customer who was merged leads; null when there is no such one, or none that the member sees.</summary>
    public static Task<long?> SurvivorOf(CrmDb db, long id, CancellationToken stop) =>
        db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(c => c.Id == id && c.MergedIntoId != null)
            .Where(c => db.Customers.Any(s => s.Id == c.MergedIntoId)).Select(c => c.MergedIntoId).SingleOrDefaultAsync(stop);

    private static Task<long?> PairOf(CrmDb db, long one, long other, CancellationToken stop)
    {
        var (first, second) = (Math.Min(one, other), Math.Max(one, other));
        return db.DuplicatePairs.Where(p => p.FirstId == first && p.SecondId == second && p.State == DuplicateState.Open).Select(p => (long?)p.Id).SingleOrDefaultAsync(stop);
    }

    private static Task<MergeSideFacts?> Side(CrmDb db, long id, CancellationToken stop) =>
        db.Customers.Where(c => c.Id == id).Select(c => new MergeSideFacts(c.Id, c.Name, c.Kind, c.Version, c.CreatedAt, c.LastInteractionAt,
            db.Interactions.Count(i => i.CustomerId == id), db.Tasks.Count(t => t.CustomerId == id))).SingleOrDefaultAsync(stop);

    private static async Task<List<PastMerge>> PastOf(CrmDb db, long id, DateTime now, CancellationToken stop)
    {
        var since = now - Merge.Undoable;
        return await db.Merges.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(m => m.SurvivorId == id && m.UndoneAt == null && m.At >= since)
            .OrderByDescending(m => m.Id).Select(m => new PastMerge(m.Id, m.Other!.Name, m.At, m.Member!.Name)).ToListAsync(stop);
    }
}
