using CrmWeb.Data;
using CrmWeb.Domain.Customers;
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
/// <param name="ComeAgain">Seconds after which to send them once more; null unless the node has no turn for their archives now.</param>
public sealed record SentFiles(IReadOnlyList<AcceptedFile> Accepted, IReadOnlyList<RefusedFile> Refused, int? ComeAgain = null);

/// <summary>Brings files in: looks at them, writes their bytes, then their rows. What is not committed leaves nothing behind on the disk.</summary>
public sealed class AttachmentAdding(CrmDb db, CurrentMember me, AttachmentFiles files, FileLooking looking, IStringLocalizer L)
{
    /// <summary>Looks into the files. What there is no room for is not worth it.</summary>
    public async Task<SentFiles> Look(IReadOnlyList<IFormFile>? sent, CancellationToken stop) =>
        sent is null or [] ? new([], []) : await looking.Look(sent, files.Quota - await db.AttachedBytes(stop), Full, stop);

    /// <summary>Likewise, and writes the bytes of those that are taken. Nothing of it holds the database.</summary>
    public async Task<ReceivedFiles> Receive(IReadOnlyList<IFormFile> sent, CancellationToken stop) => await Store(await Look(sent, stop), stop);

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

        using var received = await Store(new(accepted, []), stop);
        return await SaveWith(received, of, stop);
    }

    /// <summary>Likewise, of files whose bytes are written already.</summary>
    public async Task<(IReadOnlyList<Attachment> Added, string? Reason)> SaveWith(ReceivedFiles received, Func<(long CustomerId, long? InteractionId)> of, CancellationToken stop)
    {
        await using var own = await db.OwnTransaction(stop);
        // asked when they were looked at, and once more now that nobody else can add any
        await db.HoldTenant(stop);
        if (await NoRoom(received.Sent.Accepted, stop) is { } full) return ([], full);
        await db.SaveChangesAsync(stop);
        var (customer, interaction) = of();
        List<Attachment> rows =
        [
            .. received.Sent.Accepted.Zip(received.Stored, (file, bytes) => new Attachment(
                customer, interaction, new FileFacts(file.Name, file.Type.MediaType, bytes.Size, bytes.Sha256, bytes.Key), me.IsSet ? me.Id : null, me.Now)),
        ];
        db.Attachments.AddRange(rows);
        await db.SaveChangesAsync(stop);
        received.IsKept = true;
        if (own is not null) await own.CommitAsync(CancellationToken.None);
        return (rows, null);
    }

    /// <summary>Said on the page that a request came from that was too large to be read.</summary>
    public string TooMuch => L["That is too much at once: more than {0}. Send fewer files.", FileSizes.Of(files.MaxRequest, L)];

    private async Task<ReceivedFiles> Store(SentFiles sent, CancellationToken stop)
    {
        var received = new ReceivedFiles(files, db.Current.Id, sent);
        try
        {
            foreach (var file in sent.Accepted)
            {
                await using var content = file.Sent.OpenReadStream();
                received.Add(await files.Save(db.Current, content, stop) ?? throw new InvalidOperationException("A file grew while it was read."));
            }

            return received;
        }
        catch
        {
            received.Dispose();
            throw;
        }
    }

    private async Task<string?> NoRoom(IReadOnlyList<AcceptedFile> accepted, CancellationToken stop)
    {
        var used = await db.AttachedBytes(stop);
        return used + accepted.Sum(file => file.Sent.Length) <= files.Quota ? null : Full(files.Quota - used);
    }

    private string Full(long left) =>
        L["There is no room for it: {0} of {1} used. Deleted files take room for {2} days.", FileSizes.Of(files.Quota - left, L), FileSizes.Of(files.Quota, L), Digits.Number(Attachment.KeptDeleted.Days)];
}
