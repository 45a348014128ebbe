using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Cli;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>All fields of the customers that a member may see, as CSV to the output or a file.</summary>
public static class ExportVerb
{
    public static readonly Verb Customers = new("export customers", "--tenant SLUG --as MAIL [--view NAME] [--out FILE]", Run);

    private static async Task<int> Run(IServiceProvider services, Options options, CancellationToken stop)
    {
        var (slug, mail, view, path) = (options.Need("tenant"), options.Need("as"), options.Find("view"), options.Find("out"));
        options.NothingElse();
        await services.ActAs(slug, mail, Permissions.ExportCustomers, stop);

        var custom = await services.GetRequiredService<MemberFields>().Seen(stop);
        var db = services.GetRequiredService<CrmDb>();
        var (customers, sort, columns) = view is null
            ? (db.Customers.AsNoTracking(), CustomerSort.Default, CustomerExport.All(custom))
            : await Of(services, view, custom, stop);
        var export = new CustomerExport(db, sort, columns, custom);
        if (path is null)
        {
            await using var output = Console.OpenStandardOutput();
            await export.Write(customers, output, stop);
        }
        else
        {
            Console.WriteLine($"{await ToFile(export, customers, path, stop)} customers in {path}");
        }

        return 0;
    }

    // A view of one's own comes before a shared one of the same name.
    private static async Task<(IQueryable<Customer> Customers, CustomerSort Sort, IReadOnlyList<string> Columns)> Of(IServiceProvider services, string name, CustomFieldSet custom, CancellationToken stop)
    {
        var me = services.GetRequiredService<CurrentMember>();
        var folded = SearchText.Fold(name);
        var view = (await services.GetRequiredService<MemberViews>().Seen(stop)).Where(v => SearchText.Fold(v.Name) == folded).OrderByDescending(v => v.OwnerId == me.Id).FirstOrDefault()
            ?? throw new RefusedException($"There is no view '{name}' among those of this member.");
        var read = ViewQuery.Read(view.Query, custom);
        return (await read.Query.Customers(services.GetRequiredService<CrmDb>(), me, stop), read.Query.Sort, read.Columns.Count > 0 ? CustomerExport.OfList(read.Columns) : CustomerExport.All(custom));
    }

    // Under its own name stands only a whole file.
    private static async Task<long> ToFile(CustomerExport export, IQueryable<Customer> customers, string path, CancellationToken stop)
    {
        var part = $"{path}.part";
        try
        {
            long written;
            await using (var file = File.Create(part)) written = await export.Write(customers, file, stop);
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
