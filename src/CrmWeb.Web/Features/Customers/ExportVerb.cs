using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Cli;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>All fields of the customers that a member may see, as CSV to the output or a file.</summary>
public static class ExportVerb
{
    public static readonly Verb Customers = new("export customers", "--tenant SLUG --as MAIL [--out FILE]", Run);

    private static async Task<int> Run(IServiceProvider services, Options options, CancellationToken stop)
    {
        var (slug, mail, view, path) = (options.Need("tenant"), options.Need("as"), options.Find("view"), options.Find("out"));
        options.NothingElse();
        if (view is not null) throw new RefusedException("There are no saved views yet. Leave --view out to export all customers.");
        await services.ActAs(slug, mail, Permissions.ExportCustomers, stop);

        var custom = await services.GetRequiredService<MemberFields>().Seen(stop);
        var db = services.GetRequiredService<CrmDb>();
        var export = new CustomerExport(db, CustomerSort.Default, CustomerExport.All(custom), custom);
        if (path is null)
        {
            await using var output = Console.OpenStandardOutput();
            await export.Write(db.Customers.AsNoTracking(), output, stop);
        }
        else
        {
            Console.WriteLine($"{await ToFile(export, db, path, stop)} customers in {path}");
        }

        return 0;
    }

    // Under its own name stands only a whole file.
    private static async Task<long> ToFile(CustomerExport export, CrmDb db, string path, CancellationToken stop)
    {
        var part = $"{path}.part";
        try
        {
            long written;
            await using (var file = File.Create(part)) written = await export.Write(db.Customers.AsNoTracking(), file, stop);
            File.Move(part, path, overwrite: true);
            return written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{path} cannot be written: {e.Message}");
        }
        finally
        {
            if (File.Exists(part)) File.Delete(part);
        }
    }
}
