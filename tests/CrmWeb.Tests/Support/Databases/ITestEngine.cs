namespace CrmWeb.Tests.Support.Databases;

/// <summary>What making, copying and dropping a database means on one engine.</summary>
internal interface ITestEngine
{
    string ConnectionString(string database);

    Task Create(string connectionString);

    /// <summary>Makes a filled database fit to be copied: everything written out, nobody connected.</summary>
    Task Seal(string connectionString);

    Task Copy(string source, string target);

    Task Drop(string connectionString);
}
