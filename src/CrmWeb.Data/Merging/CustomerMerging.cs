using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Merging;

/// <summary>One of the two, as the person saw it.</summary>
public sealed record MergeSide(long Id, int Version);

/// <summary>
/// Takes one customer into another, in one transaction. What the other one says is copied and stays with it; what hangs on it moves. So nothing is lost,
/// and <see cref="CustomerUnmerging"/> finds everything that it puts back.
/// </summary>
public static class CustomerMerging
{
    /// <summary>Answers the id of the merge; null when one of them is not there for the actor, or both are not of one kind.</summary>
    /// <param name="db">No transaction is open.</param>
    /// <param name="survivor">Who stays.</param>
    /// <param name="other">Who is taken in.</param>
    /// <param name="fields">Every custom field in use, be it hidden from the actor.</param>
    /// <param name="takesOther">As <see cref="MergedDetails.Of"/> has it.</param>
    /// <param name="phoneCountry">Of the tenant.</param>
    /// <param name="stop">Before it is committed.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody changed one of them since it was seen.</exception>
    public static async Task<long?> MergeCustomers(
        this CrmDb db, MergeSide survivor, MergeSide other, CustomFieldSet fields, Func<CustomerDetails, CustomerDetails, DetailField, bool> takesOther, string? phoneCountry, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await SegmentHold.Take(db, stop);
        await CustomerHold.Take(db, [survivor.Id, other.Id], stop);
        if (await db.LoadWhole(survivor.Id, stop) is not { } mine || await db.LoadWhole(other.Id, stop) is not { } theirs || mine.Kind != theirs.Kind || mine.Id == theirs.Id) return null;
        db.Expect(mine, survivor.Version);
        db.Expect(theirs, other.Version);

        var (now, pair) = (db.Now, new MergedPair(mine.Id, theirs.Id));
        var merge = new Merge(mine.Id, theirs.Id, db.ActorId == 0 ? null : db.ActorId, now);
        db.Merges.Add(merge);
        await db.SaveChangesAsync(stop);

        var (before, said) = (CustomerDetails.Of(mine, fields), CustomerDetails.Of(theirs, fields));
        var after = MergedDetails.Of((mine.Id, before with { PhoneCountry = phoneCountry }), (theirs.Id, said), fields, field => takesOther(before, said, field));
        var record = new MergeRecord(before, after with { PhoneCountry = null })
        {
            EmailNormal = mine.EmailNormal,
            PhoneNormal = mine.PhoneNormal,
            StageChangedAt = mine.StageChangedAt,
            UpdatedAt = mine.UpdatedAt,
            ExternalId = theirs.ExternalId,
        };

        using (db.Current.CausedBy(merge.Id))
        {
            // the other one first: what no two may have is free then
            theirs.MergeInto(mine, givesExternalId: theirs.ExternalId is not null && after.ExternalId == theirs.ExternalId, now);
            await db.GiveUpUniqueValues(theirs, after, fields, stop);
            await db.SaveChangesAsync(stop);
            var tags = theirs.Tags.Where(t => !mine.Tags.Exists(own => own.TagId == t.TagId)).Select(t => t.Tag!).ToList();
            mine.Tags.AddRange(tags.Select(tag => new CustomerTag(tag)));
            mine.Change(after, now);
            await db.SaveChangesAsync(stop);

            var moved = new Dictionary<string, long[]>(StringComparer.Ordinal);
            foreach (var relation in CustomerRelations.Moved)
            {
                var ids = await relation.Find(db, pair, stop);
                if (ids.Length == 0) continue;
                moved[relation.Name] = ids;
                await relation.Move(db, ids, pair.Other, pair.Survivor, stop);
            }

            await db.Tell(new Change(RecordKind.Customer, mine.Id, mine.Id) { Field = "mergedFrom", New = ChangeText.Of(theirs.Id) }, stop);
            merge.Record = (record with { Tags = [.. tags.Select(tag => tag.Id)], Moved = moved, UpdatedAt = record.UpdatedAt }).Write();
            await db.SaveChangesAsync(stop);
        }

        await db.MarkPair(pair, DuplicateState.Open, DuplicateState.Merged, stop);
        await db.AfterMerging(pair, stop);
        await transaction.CommitAsync(stop);
        return merge.Id;
    }

    internal static Task<Customer?> LoadWhole(this CrmDb db, long id, CancellationToken stop, bool archived = false) =>
        (archived ? db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]) : db.Customers)
        .Include(c => c.ContactPoints).Include(c => c.CustomValues).Include(c => c.Tags).ThenInclude(t => t.Tag).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == id, stop);

    /// <summary>The guess about the two came true, or did not after all.</summary>
    internal static Task MarkPair(this CrmDb db, MergedPair pair, DuplicateState from, DuplicateState to, CancellationToken stop)
    {
        var (first, second) = (Math.Min(pair.Survivor, pair.Other), Math.Max(pair.Survivor, pair.Other));
        return db.DuplicatePairs.IgnoreQueryFilters(MovedRows.Unseen).Where(p => p.FirstId == first && p.SecondId == second && p.State == from)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, to), stop);
    }

    internal static async Task AfterMerging(this CrmDb db, MergedPair pair, CancellationToken stop)
    {
        foreach (var id in new[] { pair.Survivor, pair.Other }.Order()) await db.ComputeFacts(id, id, stop);
        await db.RefreshSearch([pair.Survivor, pair.Other], renamed: true, stop);
        await db.FollowTiers([pair.Survivor, pair.Other], stop);
    }

    // a value that no two may have is the survivor's from now on; the row of the other one only says what it was
    private static async Task GiveUpUniqueValues(this CrmDb db, Customer other, CustomerDetails after, CustomFieldSet fields, CancellationToken stop)
    {
        foreach (var value in other.CustomValues.Where(v => v.UniqueKey is not null))
        {
            if (fields.ById(value.FieldId) is not { } field || value.Read(field.Type) is not { } text || !after.Custom.GetValueOrDefault(field.Key, []).Contains(text, StringComparer.Ordinal)) continue;
            await db.CustomValues.Where(v => v.Id == value.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.UniqueKey, (string?)null), stop);
        }
    }
}
