using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>A file of an interaction, for the timeline.</summary>
public sealed record AttachedFile(long Id, string Name, string MediaType);

/// <summary>A file in a list.</summary>
public sealed record FileRow(long Id, string Name, string MediaType, long Size, DateTime AddedAt, string? By, long? InteractionId)
{
    public static readonly Expression<Func<Attachment, FileRow>> Of = a => new FileRow(a.Id, a.Name, a.MediaType, a.Size, a.AddedAt, a.Member!.Name, a.InteractionId);
}

/// <summary>The files of a customer, the newest first; those of its interactions are among them.</summary>
/// <param name="Next">The id to go on after; null on the last page.</param>
public sealed record CustomerFiles(long CustomerId, IReadOnlyList<FileRow> Rows, long? Next)
{
    /// <summary>On the page of the customer; the rest is a click away.</summary>
    public const int Few = 5;

    public const int PageSize = 50;

    private static readonly CompiledQuery<Func<CrmDb, long, long, int, IAsyncEnumerable<FileRow>>> FilesOf = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, long after, int count) => db.Attachments
            .Where(a => a.CustomerId == id && a.Id < after && (a.InteractionId == null || db.Interactions.Any(i => i.Id == a.InteractionId)))
            .OrderByDescending(a => a.Id).Take(count).Select(FileRow.Of)));

    public static async Task<CustomerFiles> Read(CrmDb db, long customerId, long? after, int count, CancellationToken stop)
    {
        var rows = await FilesOf.For(db)(db, customerId, after ?? long.MaxValue, count + 1).ToListAsync(stop);
        return new(customerId, [.. rows.Take(count)], rows.Count > count ? rows[count - 1].Id : null);
    }
}
