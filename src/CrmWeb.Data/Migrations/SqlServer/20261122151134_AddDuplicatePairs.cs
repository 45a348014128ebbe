using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AddDuplicatePairs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "DuplicatePairs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    FirstId = table.Column<long>(type: "bigint", nullable: false),
                    SecondId = table.Column<long>(type: "bigint", nullable: false),
                    Score = table.Column<int>(type: "int", nullable: false),
                    Reasons = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    FoundAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DecidedById = table.Column<long>(type: "bigint", nullable: true),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DuplicatePairs", x => x.Id);
                    table.UniqueConstraint("AK_DuplicatePairs_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_DuplicatePairs_Customers_TenantId_FirstId",
                        columns: x => new { x.TenantId, x.FirstId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_DuplicatePairs_Customers_TenantId_SecondId",
                        columns: x => new { x.TenantId, x.SecondId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_DuplicatePairs_Members_TenantId_DecidedById",
                        columns: x => new { x.TenantId, x.DecidedById },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_DuplicatePairs_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_TenantId_DecidedById",
                table: "DuplicatePairs",
                columns: new[] { "TenantId", "DecidedById" });

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_TenantId_FirstId_SecondId",
                table: "DuplicatePairs",
                columns: new[] { "TenantId", "FirstId", "SecondId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_TenantId_SecondId",
                table: "DuplicatePairs",
                columns: new[] { "TenantId", "SecondId" });

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_TenantId_State_Score_Id",
                table: "DuplicatePairs",
                columns: new[] { "TenantId", "State", "Score", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DuplicatePairs");
        }
    }
}
