using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Files;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>A file that is not taken, and why.</summary>
public sealed record RefusedFile(string Name, string Reason)
{
    public override string ToString() => $"{Name}: {Reason}";
}

/// <summary>A file that was looked into and is taken, if there is room for it.</summary>
public sealed record AcceptedFile(string Name, FileType Type, IFormFile Sent);

/// <summary>The files of one request: those that are taken, and those that are not.</summary>
public sealed record SentFiles(IReadOnlyList<AcceptedFile> Accepted, IReadOnlyList<RefusedFile> Refused);

/// <summary>Brings files in: looks at them, writes their bytes, then their rows. What is not committed leaves nothing behind on the disk.</summary>
public sealed class AttachmentAdding(CrmDb db, CurrentMember me, AttachmentFiles files, FileInspection inspection, IStringLocalizer L)
{
    public SentFiles Look(IReadOnlyList<IFormFile>? sent)
    {
        var (accepted, refused) = (new List<AcceptedFile>(), new List<RefusedFile>());
        foreach (var (index, file) in (sent ?? []).Index())
        {
            using var content = file.OpenReadStream();
            // too large ones are not worth reading, and neither are those beyond the number
            var found = file.Length > files.MaxSize || index >= files.MaxAtOnce ? new(FileName.Clean(file.FileName) ?? "", null, null) : inspection.Look(file.FileName, content);
            if (found.Type is { } type) accepted.Add(new(found.Name, type, file));
            else refused.Add(new(found.Name, found.Reason ?? (index >= files.MaxAtOnce ? L["At most {0} files at once.", Digits.Number(files.MaxAtOnce)] : TooLarge)));
        }

        return new(accepted, refused);
    }

    /// <summary>Each file for itself: those that there is room for are kept, whatever becomes of the others.</summary>
    public async Task<(List<Attachment> Added, List<RefusedFile> Refused)> Add(long customerId, long? interactionId, IReadOnlyList<AcceptedFile> accepted, CancellationToken stop)
    {
        var (added, refused) = (new List<Attachment>(), new List<RefusedFile>());
        foreach (var file in accepted)
        {
            var (rows, reason) = await SaveWith([file], () => (customerId, interactionId), stop);
            if (reason is null) added.AddRange(rows);
            else refused.Add(new(file.Name, reason));
        }

        return (added, refused);
    }

    /// <summary>Saves what is changed, and the files with it, in one transaction: all or nothing. Answers why there is no room for them.</summary>
    /// <param name="accepted">None at all saves the rest as usual.</param>
    /// <param name="of">Whose they are; asked after the rest is saved.</param>
    public async Task<(IReadOnlyList<Attachment> Added, string? Reason)> SaveWith(
        IReadOnlyList<AcceptedFile> accepted, Func<(long CustomerId, long? InteractionId)> of, CancellationToken stop)
    {
        if (accepted.Count == 0)
        {
            await db.SaveChangesAsync(stop);
            return ([], null);
        }

        var size = accepted.Sum(file => file.Sent.Length);
        // before anything is written; and once more when nobody else can add any
        if (await NoRoom(size, stop) is { } full) return ([], full);
        var stored = new List<StoredFile>();
        var commits = false;
        try
        {
            foreach (var file in accepted)
            {
                await using var content = file.Sent.OpenReadStream();
                stored.Add(await files.Save(db.Current, content, stop) ?? throw new InvalidOperationException("A file grew while it was read."));
            }

            var (rows, reason) = await Commit(accepted, stored, size, of, () => commits = true, stop);
            if (reason is null) return (rows, null);
            stored.ForEach(file => files.Delete(db.Current, file.Key));
            return ([], reason);
        }
        // once it commits, nobody knows whether the rows are there: the sweep asks them
        catch when (!commits)
        {
            stored.ForEach(file => files.Delete(db.Current, file.Key));
            throw;
        }
    }

    private async Task<(List<Attachment> Rows, string? Reason)> Commit(
        IReadOnlyList<AcceptedFile> accepted, List<StoredFile> stored, long size, Func<(long CustomerId, long? InteractionId)> of, Action committing, CancellationToken stop)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(stop) : null;
        await db.HoldTenant(stop);
        if (await NoRoom(size, stop) is { } full) return ([], full);
        await db.SaveChangesAsync(stop);
        var (customer, interaction) = of();
        List<Attachment> rows =
        [
            .. accepted.Zip(stored, (file, bytes) => new Attachment(
                customer, interaction, new FileFacts(file.Name, file.Type.MediaType, bytes.Size, bytes.Sha256, bytes.Key), me.IsSet ? me.Id : null, me.Now)),
        ];
        db.Attachments.AddRange(rows);
        await db.SaveChangesAsync(stop);
        committing();
        if (own is not null) await own.CommitAsync(CancellationToken.None);
        return (rows, null);
    }

    /// <summary>Said on the page that a request came from that was too large to be read.</summary>
    public string TooMuch => L["That is too much at once: more than {0}. Send fewer files.", FileSizes.Of(files.MaxRequest, L)];

    private string TooLarge => L["It is larger than {0}.", FileSizes.Of(files.MaxSize, L)];

    private async Task<string?> NoRoom(long size, CancellationToken stop)
    {
        var used = await db.AttachedBytes(stop);
        if (used + size <= files.Quota) return null;
        return L["There is no room for it: {0} of {1} used. Deleted files take room for {2} days.", FileSizes.Of(used, L), FileSizes.Of(files.Quota, L), Digits.Number(Attachment.KeptDeleted.Days)];
    }
}
