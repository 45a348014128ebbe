using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Whether the database cannot be reached or does not answer. A row that it refuses is a mistake of ours.</summary>
public static class DatabaseAway
{
    public static bool Is(Exception? e) => e switch
    {
        null or DbUpdateException { InnerException: not DbException { IsTransient: true } } => false,
        DbException or TimeoutException => true,
        _ => Is(e.InnerException),
    };
}
